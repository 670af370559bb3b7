package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;

/**
 * Part of a problem: blocks that come into being at a host one after the other and use no resource.
 * Block {@code first + k} is held there at {@code start} + (bytes of blocks first..first+k) / rate.
 *
 * @param start seconds, not negative
 * @param rate bytes per second, above 0
 */
public record Generation(String host, String file, int first, int last, double start, double rate) {
  public Generation {
    Copy.requireBlocks(first, last);
    Copy.requireRate(rate);
    if (!(start >= 0) || Double.isInfinite(start)) {
      throw new IllegalArgumentException("a generation that starts at " + start);
    }
  }

  /** When {@code block}, one of {@code first..last}, is held, in seconds. */
  public double heldAt(BlockLayout layout, int block) {
    return start + layout.span(first, block) / rate;
  }
}
