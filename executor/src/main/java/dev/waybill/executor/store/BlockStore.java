package dev.waybill.executor.store;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.FileSet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that an executor keeps on disk: the blocks of every file version, and the whole files
 * at their places. Thread-safe; what it reports as held survives a crash.
 */
public final class BlockStore implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(BlockStore.class);
  private static final int REHASH_THREADS = 2;

  private final DataFolder folder;
  private final ManifestPolicy policy;
  private final Placement placement;
  private final StoreListener listener;
  private final GroupCommit commits;

  /** Guards what is in files/. */
  private final Object placementLock = new Object();

  private final TreeMap<FileId, StoredFile> files = new TreeMap<>();
  private final FileSet fileSet;

  private BlockStore(
      DataFolder folder,
      ManifestPolicy policy,
      FileSet fileSet,
      StoreListener listener,
      long mostPending) {
    this.folder = folder;
    this.commits = new GroupCommit(mostPending);
    this.policy = policy;
    this.fileSet = fileSet;
    this.placement = new Placement(folder.files());
    this.listener = listener;
  }

  /**
   * Opens the store in {@code path}, locks it, and reads every block that it should hold again;
   * what differs from its checksum is given up.
   *
   * @param policy which manifests are taken from now on
   * @throws IOException in one line where the folder can't be used or another executor has it
   */
  public static BlockStore open(Path path, ManifestPolicy policy, StoreListener listener)
      throws IOException {
    return open(path, policy, listener, GroupCommit.MOST_BYTES);
  }

  /**
   * The same.
   *
   * @param mostPending bytes that wait to be made durable before no new block is begun
   */
  static BlockStore open(Path path, ManifestPolicy policy, StoreListener listener, long mostPending)
      throws IOException {
    DataFolder folder = DataFolder.open(path);
    BlockStore store =
        new BlockStore(folder, policy, KeptFileSet.read(path), listener, mostPending);
    try {
      for (Path version : folder.versions()) {
        store.recover(version);
      }
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void recover(Path version) throws IOException {
    if (!About.exists(version)) {
      log.warn("{} has nothing to say whose it is, and is left alone", version);
      return;
    }
    StoredFile file = StoredFile.open(About.read(version), version, policy, listener, commits);
    synchronized (this) {
      files.put(file.id(), file);
    }
    boolean wasPublished = file.published();
    file.recover(new Rehash(REHASH_THREADS));
    if (wasPublished && !file.published()) {
      takeAway(file);
    } else if (wasPublished && !placement.isThere(file.id().name(), file.dataPath())) {
      // Taken away, or replaced by a newer version: publishing again finds out which.
      file.published(false);
    }
  }

  /** All file versions, also those of which no block is held. */
  public synchronized List<StoredFile> files() {
    return List.copyOf(files.values());
  }

  public synchronized Optional<StoredFile> find(FileId id) {
    return Optional.ofNullable(files.get(id));
  }

  /** Waits until something is known of a file version. */
  public synchronized Optional<StoredFile> await(FileId id, long millis) {
    Waiting.on(this, () -> files.containsKey(id), millis);
    return find(id);
  }

  /**
   * A file version as it is stored, made where it is new.
   *
   * @throws DiskFailure where it can't be made, or is there in blocks of another size
   */
  public synchronized StoredFile open(FileId id, long blockSize) throws DiskFailure {
    StoredFile file = files.get(id);
    if (file == null) {
      file = create(new About(id, blockSize));
      files.put(id, file);
      notifyAll();
    }
    if (file.blockSize() != blockSize) {
      throw new DiskFailure(
          "%s is stored in blocks of %d bytes, and not of %d"
              .formatted(id, file.blockSize(), blockSize));
    }
    return file;
  }

  private StoredFile create(About about) throws DiskFailure {
    Path version = folder.of(about.file());
    try {
      Files.createDirectories(version);
      about.write(version);
      return StoredFile.open(about, version, policy, listener, commits);
    } catch (IOException e) {
      throw new DiskFailure(about.file() + " can't be stored", e);
    }
  }

  /**
   * Puts a file that is whole at its place, unless a newer version is there.
   *
   * @throws DiskFailure where that can't be done, or its name clashes with another file's
   */
  public void publish(FileId id) throws DiskFailure {
    StoredFile file = find(id).orElseThrow(() -> new IllegalStateException("no file " + id));
    synchronized (placementLock) {
      put(file);
    }
  }

  private void put(StoredFile file) throws DiskFailure {
    FileId id = file.id();
    if (!newerIsPublished(id)) {
      try {
        placement.put(id.name(), file.wholeData());
      } catch (DiskFailure e) {
        throw e;
      } catch (IOException e) {
        throw new DiskFailure(id + " can't be published", e);
      }
    }
    file.published(true);
  }

  private synchronized boolean newerIsPublished(FileId id) {
    return files.subMap(id, false, new FileId(id.name(), Long.MAX_VALUE), true).values().stream()
        .anyMatch(StoredFile::published);
  }

  /** Which files this host must obtain, as it was last kept; none where it never was. */
  public FileSet fileSet() {
    return fileSet;
  }

  /** Keeps which files this host must obtain: durable on return. */
  public void keep(FileSet set) throws DiskFailure {
    try {
      KeptFileSet.write(folder.root(), set);
    } catch (IOException e) {
      throw new DiskFailure("the file set can't be kept", e);
    }
  }

  /** Deletes a file version: all its blocks, and the file where it is at its place. */
  public void free(FileId id) throws DiskFailure {
    StoredFile file;
    synchronized (this) {
      file = files.remove(id);
    }
    if (file == null) {
      return;
    }
    try {
      synchronized (placementLock) {
        if (placement.isThere(id.name(), file.dataPath())
            || (file.published() && !newerIsPublished(id))) {
          placement.remove(id.name());
        }
      }
      file.close();
      folder.delete(id);
    } catch (IOException e) {
      throw new DiskFailure(id + " can't be deleted", e);
    }
  }

  /**
   * Reads blocks again; gives up those that differ from the manifest, and takes the file from its
   * place where one does.
   */
  public void scrub(FileId id, BlockSet suspects) throws DiskFailure {
    StoredFile file = find(id).orElse(null);
    if (file == null) {
      return;
    }
    BlockSet wrong = file.scrub(suspects);
    if (!wrong.isEmpty() && file.published()) {
      try {
        file.published(false);
        takeAway(file);
      } catch (DiskFailure e) {
        throw e;
      } catch (IOException e) {
        throw new DiskFailure(id + " can't be taken from its place", e);
      }
    }
  }

  private void takeAway(StoredFile file) throws IOException {
    synchronized (placementLock) {
      if (placement.isThere(file.id().name(), file.dataPath())) {
        placement.remove(file.id().name());
        log.warn("{} is not at its place any more: blocks of it differ", file.id());
      }
    }
  }

  /** Makes what has been verified so far durable now. */
  public void flush() {
    files().forEach(StoredFile::commit);
  }

  @Override
  public void close() throws IOException {
    commits.close();
    for (StoredFile f : files()) {
      f.close();
    }
    folder.close();
  }
}
