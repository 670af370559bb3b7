package dev.waybill.runtime.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A process's folder for what it needs for a while only; closing it deletes it. */
public final class ScratchFolder implements Closeable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /** An empty one at a place of its own: what a process that was killed has left there goes. */
  public static ScratchFolder at(Path path) throws IOException {
    delete(path);
    Files.createDirectories(path);
    return new ScratchFolder(path);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  /** Deletes a folder with all that is in it; one that is not there is left as it is. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(p);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause(); // Somebody else deletes it, too.
      }
    }
  }
}
