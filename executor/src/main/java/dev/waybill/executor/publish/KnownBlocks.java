package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Publication;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The checksums that the master knows already of a version that the generator goes on with, read
 * page by page. For one thread.
 */
final class KnownBlocks {
  private final PersistentMaster master;
  private final Publication publication;
  private @Nullable ManifestPage page;

  KnownBlocks(PersistentMaster master, Publication publication) {
    this.master = master;
    this.publication = publication;
  }

  FileId file() {
    return publication.file();
  }

  int count() {
    return publication.knownBlocks();
  }

  long blockSize() {
    return publication.blockSize();
  }

  /** Over none of its blocks: what a generator has to sign, it makes of its own. */
  ManifestHash hash() {
    return ManifestHash.start(file(), blockSize());
  }

  /** Bytes of the whole file, where its last block is known. */
  @Nullable Long size() {
    return publication.size();
  }

  Checksum checksum(int block) throws IOException, InterruptedException {
    ManifestPage p = page;
    if (p == null || block < p.from() || block >= p.from() + p.checksums().size()) {
      p = master.call(m -> m.manifest(file(), block));
      if (block < p.from() || block >= p.from() + p.checksums().size()) {
        throw new IOException("the master gives no checksum of block " + block + " of " + file());
      }
      page = p;
    }
    return p.checksums().get(block - p.from());
  }
}
