package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;

/** What sets of blocks amount to in bytes, for the master. */
final class Layouts {
  private Layouts() {}

  static long bytes(BlockLayout layout, BlockSet blocks) {
    long bytes = 0;
    for (BlockRange r : blocks.ranges()) {
      bytes += layout.span(r.first(), Math.min(r.last(), layout.blockCount() - 1));
    }
    return bytes;
  }

  /** Every block. */
  static BlockSet all(BlockLayout layout) {
    return BlockSet.prefix(layout.blockCount());
  }
}
