package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;

/**
 * The unit of a schedule: sends blocks {@code first..last} of a file, one after the other, at a
 * constant rate.
 *
 * <p>The transfer of block {@code first + k} begins at {@code start} + (bytes of blocks
 * first..first+k-1) / rate; the receiver holds it when its last byte is over.
 *
 * @param start seconds; negative only for a copy that is in progress at time 0
 * @param rate bytes per second, above 0
 */
public record Copy(
    String file, String from, String to, int first, int last, double start, double rate) {
  public Copy {
    requireBlocks(first, last);
    requireRate(rate);
    if (!Double.isFinite(start)) {
      throw new IllegalArgumentException("a copy that starts at " + start);
    }
  }

  /** When the transfer of {@code block} begins, in seconds. */
  public double beginsAt(BlockLayout layout, int block) {
    return start + (layout.offset(block) - layout.offset(first)) / rate;
  }

  /** When the receiver holds {@code block}, in seconds. */
  public double heldAt(BlockLayout layout, int block) {
    return start + layout.span(first, block) / rate;
  }

  /** When the last byte is over, in seconds. */
  public double end(BlockLayout layout) {
    return heldAt(layout, last);
  }

  static void requireBlocks(int first, int last) {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("blocks " + first + ".." + last);
    }
  }

  static void requireRate(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("a rate of " + rate + " bytes per second");
    }
  }
}
