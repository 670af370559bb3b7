package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;

/** What the generator's hashing thread tells the announcing one. */
sealed interface Made {
  /** The next block. */
  record Block(Checksum checksum) implements Made {}

  /** There is no further block. */
  record End(long size) implements Made {}
}
