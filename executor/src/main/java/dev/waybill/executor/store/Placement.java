package dev.waybill.executor.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Puts whole files of the block store at their place in {@code files/}, so that whoever looks there
 * sees the old one or the new one and never a part.
 */
final class Placement {
  private final Path files;

  Placement(Path files) {
    this.files = files;
  }

  /** Where a file of this name is found. */
  Path place(String name) {
    return files.resolve(name);
  }

  /** Puts a file there by a hard link, or by a copy where the disk has none. Durable on return. */
  void put(String name, Path data) throws IOException {
    Path place = place(name);
    refuseClash(name, place);
    if (isThere(name, data)) {
      return;
    }
    Path folder = folderOf(place);
    makeFolders(folder);
    // '~' is in no file's name.
    Path temporary = folder.resolve("~waybill-" + Integer.toHexString(name.hashCode()));
    Files.deleteIfExists(temporary);
    try {
      linkOrCopy(data, temporary);
      Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    DataFolder.force(folder);
  }

  /** Whether this very file is at the place; a copy is not. */
  boolean isThere(String name, Path data) throws IOException {
    Path place = place(name);
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(place, data);
  }

  /** Takes away what is at a file's place. */
  void remove(String name) throws IOException {
    Path place = place(name);
    Files.deleteIfExists(place);
    DataFolder.force(folderOf(place));
  }

  private void refuseClash(String name, Path place) throws DiskFailure {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new DiskFailure(
          "%s can't be published: %s is a folder with other files".formatted(name, place));
    }
    for (Path p = folderOf(place); !p.equals(files); p = folderOf(p)) {
      if (Files.exists(p) && !Files.isDirectory(p)) {
        throw new DiskFailure("%s can't be published: %s is a file".formatted(name, p));
      }
    }
  }

  private Path folderOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? files : parent;
  }

  private void makeFolders(Path folder) throws IOException {
    if (folder.equals(files) || Files.isDirectory(folder)) {
      return;
    }
    Path parent = folderOf(folder);
    makeFolders(parent);
    Files.createDirectories(folder);
    DataFolder.force(parent);
  }

  private static void linkOrCopy(Path data, Path to) throws IOException {
    try {
      Files.createLink(to, data);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(data, to, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
