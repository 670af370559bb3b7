package dev.waybill.planner.indexed;

import dev.waybill.model.catalogue.BlockLayout;

/**
 * Blocks of an indexed problem that a host comes to hold one after the other without any new copy:
 * a generation, or a copy in progress. Block {@code first + k} is held at {@code start} + (bytes of
 * first..first+k) / rate.
 *
 * @param host index of the host that comes to hold them
 * @param file index of the file
 * @param start seconds
 * @param rate bytes per second
 * @param generation whether they are made there, rather than sent there
 */
public record Arrival(
    int host, int file, int first, int last, double start, double rate, boolean generation) {
  /** When {@code block} is held. */
  public double heldAt(BlockLayout layout, int block) {
    return start + layout.span(first, block) / rate;
  }
}
