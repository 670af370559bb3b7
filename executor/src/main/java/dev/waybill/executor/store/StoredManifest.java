package dev.waybill.executor.store;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.protocol.ManifestPage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one file version in the block store: the checksums that count, and behind them
 * those that wait until everything that their signature covers is here and has been verified. All
 * of them are on disk, so that a file of a million blocks costs no memory.
 *
 * <p>Learning needs a lock around it; everything else may be called from any thread.
 */
final class StoredManifest implements Closeable {
  private final Path folder;
  private final ManifestPolicy policy;
  private final ManifestLog log;

  /** Over the checksums that count. */
  private ManifestHash hash;

  /** Over all that are stored. */
  private ManifestHash end;

  private @Nullable ManifestSignature signature;

  /** Whether the disk says how many count. */
  private boolean marked;

  private volatile int count;

  private StoredManifest(
      Path folder, ManifestPolicy policy, ManifestLog log, @Nullable Accepted accepted, Hashes h) {
    this.folder = folder;
    this.policy = policy;
    this.log = log;
    this.marked = accepted != null;
    this.signature = accepted == null ? null : accepted.signature();
    this.end = h.end;
    this.hash = h.hash;
    this.count = h.hash.blocks();
  }

  /** The hashes over what is found on disk. */
  private static final class Hashes {
    private final int counting;
    private ManifestHash end;
    private ManifestHash hash;

    Hashes(ManifestHash start, int counting) {
      this.counting = counting;
      this.end = start;
      this.hash = start;
    }

    void add(Checksum checksum) {
      end = end.plus(checksum);
      if (end.blocks() <= counting) {
        hash = end;
      }
    }
  }

  /**
   * Opens what is in {@code folder}. What was accepted once is not verified again: certificates may
   * have expired since, and the disk is this host's own.
   */
  static StoredManifest open(About about, Path folder, ManifestPolicy policy) throws IOException {
    Accepted accepted = Accepted.read(folder);
    Hashes hashes =
        new Hashes(
            ManifestHash.start(about.file(), about.blockSize()),
            accepted == null ? Integer.MAX_VALUE : accepted.blocks());
    ManifestLog log = ManifestLog.open(folder.resolve("manifest"), hashes::add);
    return new StoredManifest(folder, policy, log, accepted, hashes);
  }

  /** How many blocks' checksums count. */
  int count() {
    return count;
  }

  /** How many are stored, those included that wait. */
  int stored() {
    return log.count();
  }

  /** The checksum of a block that counts. */
  Checksum checksum(int block) throws IOException {
    return log.checksum(block);
  }

  /** Takes in what is new in a page; durable after {@link #force}. */
  Learned learn(ManifestPage page) throws IOException {
    ManifestSignature by = page.signature();
    if (by == null || !policy.verifies()) {
      return unverified(page);
    }
    if (by.blocks() < log.count()) {
      dropWhatWaits();
    }
    if (by.blocks() < count) {
      return new Learned.Kept(); // Older than what is known.
    }
    return verified(page, by);
  }

  private Learned unverified(ManifestPage page) throws IOException {
    String objection = policy.unsigned(signature != null);
    if (objection != null) {
      return new Learned.Refused(objection);
    }
    dropWhatWaits();
    append(page, Integer.MAX_VALUE);
    accept(null);
    return new Learned.Taken();
  }

  private Learned verified(ManifestPage page, ManifestSignature by) throws IOException {
    if (!marked) {
      new Accepted(count, signature).write(folder);
      marked = true;
    }
    append(page, by.blocks());
    if (log.count() < by.blocks()) {
      return new Learned.Kept();
    }
    if (by.equals(signature) && by.blocks() == count && Objects.equals(by.size(), page.size())) {
      return new Learned.Taken();
    }
    String objection = policy.objection(end, page.size(), by, signature != null);
    if (objection != null) {
      dropWhatWaits();
      return new Learned.Refused(objection);
    }
    accept(by);
    return new Learned.Taken();
  }

  /** Stores what is new in a page of the checksums before block {@code limit}. */
  private void append(ManifestPage page, int limit) throws IOException {
    int skip = log.count() - page.from();
    int until = Math.min(page.checksums().size(), limit - page.from());
    if (skip >= 0 && skip < until) {
      List<Checksum> fresh = page.checksums().subList(skip, until);
      log.append(fresh);
      end = end.plus(fresh);
    }
  }

  /**
   * From now on all that is stored counts.
   *
   * @param by null where nothing was verified
   */
  private void accept(@Nullable ManifestSignature by) throws IOException {
    if (by != null || (marked && log.count() > count)) {
      log.force();
      new Accepted(log.count(), by == null ? signature : by).write(folder);
      marked = true;
    }
    signature = by == null ? signature : by;
    hash = end;
    count = log.count();
  }

  void force() throws IOException {
    log.force();
  }

  private void dropWhatWaits() throws IOException {
    if (log.count() > count) {
      log.truncate(count);
      end = hash;
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
