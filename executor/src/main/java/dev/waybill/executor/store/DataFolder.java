package dev.waybill.executor.store;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an executor on disk, locked for one process: {@code files/} has what is published,
 * {@code store/} a folder for every file version, {@code file-set.json} what this host must obtain,
 * {@code lock} the lock.
 */
final class DataFolder implements Closeable {
  private static final int SLUG_LENGTH = 40;
  private static final int HASH_LENGTH = 32;
  private static final int PROBE_BYTES = 64 << 10;

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Creates what is missing and locks it.
   *
   * @throws IOException where it can't be written to or another process has it, in one line
   */
  static DataFolder open(Path root) throws IOException {
    Files.createDirectories(root.resolve("files"));
    Files.createDirectories(root.resolve("store"));
    FileChannel lockFile =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    DataFolder folder = new DataFolder(root, lockFile);
    try {
      if (lock(lockFile) == null) {
        throw new DiskFailure(root + ": another executor uses this data folder");
      }
      folder.probe();
      return folder;
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Shows at the start, and not at the first block, that the disk is full or can't be written. */
  private void probe() throws IOException {
    Path probe = store().resolve("~probe");
    try (FileChannel channel =
        FileChannel.open(
            probe,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(channel, ByteBuffer.allocate(PROBE_BYTES));
      channel.force(true);
    } catch (IOException e) {
      throw new DiskFailure(root + " can't be written", e);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  Path root() {
    return root;
  }

  /** Deletes the folder of a file version. Its last file to go is the one that says whose it is. */
  void delete(FileId file) throws IOException {
    Path version = of(file);
    try (Stream<Path> entries = Files.list(version)) {
      for (Path p : entries.filter(p -> !p.equals(About.in(version))).toList()) {
        Files.delete(p);
      }
    }
    Files.delete(About.in(version));
    Files.delete(version);
    force(store());
  }

  Path files() {
    return root.resolve("files");
  }

  Path store() {
    return root.resolve("store");
  }

  /**
   * The folder of a file version: a readable part of its name and a hash of all of it, so that any
   * name makes one short segment and two names never the same.
   */
  Path of(FileId file) {
    ByteBuffer name = ByteBuffer.wrap(file.name().getBytes(StandardCharsets.UTF_8));
    String slug = file.name().replaceAll("[^A-Za-z0-9._-]", "_");
    String shortSlug = slug.substring(Math.max(0, slug.length() - SLUG_LENGTH));
    String hash = Checksum.of(name).hex().substring(0, HASH_LENGTH);
    return store().resolve(shortSlug + "~" + hash + "@" + file.version());
  }

  /** The folders of all file versions. */
  List<Path> versions() throws IOException {
    try (Stream<Path> entries = Files.list(store())) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Writes all of it: a disk that gets full takes a part first, and fails at the next write. */
  static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes this the content of a file, atomically, and durable when it returns. */
  static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling("~" + file.getFileName());
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(channel, ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.getParent();
    if (folder != null) {
      force(folder);
    }
  }

  /** Makes the names in a folder durable, or what is in a file. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
