package dev.waybill.executor.publish;

import java.util.Arrays;

/** How far each origin has come, so that the generator lets go of what all of them have. */
final class Acknowledged {
  private final int[] blocks;
  private final BlockSource source;

  Acknowledged(int origins, BlockSource source) {
    this.blocks = new int[origins];
    this.source = source;
  }

  /** An origin has every block below {@code upTo}. */
  synchronized void upTo(int origin, int upTo) {
    blocks[origin] = upTo;
    source.release(Math.max(source.first(), Arrays.stream(blocks).min().orElse(0)));
  }
}
