package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;

/** What the generator's hashing thread tells the announcing one. */
sealed interface Made {
  /** Over all blocks so far, from bytes that this generator has read itself. */
  ManifestHash hash();

  /** The next block. */
  record Block(Checksum checksum, ManifestHash hash) implements Made {}

  /** There is no further block. */
  record End(long size, ManifestHash hash) implements Made {}
}
