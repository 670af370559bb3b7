package dev.waybill.executor.demo;

import dev.waybill.runtime.files.ScratchFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The folder of a demonstration and the processes that work in it. Closing it ends them and removes
 * it, also when this process is interrupted.
 */
public final class DemoFolder implements Closeable {
  private static final long SEED = 42;

  private final Path path;
  private final boolean keep;
  private final Thread hook = new Thread(this::clean, "end of the demonstration");
  private final List<Child> children = new ArrayList<>();
  private final List<Child> daemons = new ArrayList<>();
  private boolean closed;

  private DemoFolder(Path path, boolean keep) {
    this.path = path;
    this.keep = keep;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * A new one in the folder for temporary files.
   *
   * @param keep whether it stays when it is closed
   */
  public static DemoFolder create(boolean keep) throws IOException {
    String parent = System.getenv("TMPDIR");
    Path in = Path.of(parent == null ? System.getProperty("java.io.tmpdir", "/tmp") : parent);
    return new DemoFolder(Files.createTempDirectory(in, "waybill-demo"), keep);
  }

  public Path path() {
    return path;
  }

  /** What is to be distributed: the file of the settings, or a random one that is made here. */
  Path source(DemoSettings settings) throws IOException, DemoFailure {
    Path given = settings.file();
    long bytes = given == null ? settings.bytes() : Files.size(given);
    long copies = settings.hosts() + (given == null ? 1L : 0L);
    long usable = Files.getFileStore(path).getUsableSpace();
    if (bytes > usable / copies) {
      throw new DemoFailure(
          "%s has %d bytes to spare; %d copies of %d bytes need more (TMPDIR names another folder)"
              .formatted(path.getParent(), usable, copies, bytes));
    }
    return given == null ? random(bytes) : given.toAbsolutePath();
  }

  private Path random(long bytes) throws IOException {
    Path file = path.resolve("source.bin");
    Random random = new Random(SEED);
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
    }
    return file;
  }

  /** Starts a process that has to go on until the end, or, where it is no daemon, to end well. */
  synchronized Child start(String name, List<String> command, boolean daemon) throws IOException {
    if (closed) {
      throw new IOException("the demonstration is over");
    }
    Child child = Child.start(name, command, path.resolve(name + ".log"));
    children.add(child);
    if (daemon) {
      daemons.add(child);
    }
    return child;
  }

  /**
   * @throws DemoFailure where one of the daemons has ended
   */
  synchronized void requireAlive() throws DemoFailure, IOException {
    for (Child c : daemons) {
      c.requireAlive();
    }
  }

  @Override
  public void close() {
    clean();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending; the hook finds nothing left to do.
    }
  }

  private synchronized void clean() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      children.forEach(Child::end);
      for (Child c : children) {
        c.awaitEnd();
      }
      if (!keep) {
        ScratchFolder.delete(path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("waybill: " + path + " can't be removed: " + e.getMessage());
    }
  }
}
