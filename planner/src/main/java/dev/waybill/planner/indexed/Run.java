package dev.waybill.planner.indexed;

import java.util.List;

/**
 * Consecutive blocks of one file of an indexed problem that the same hosts hold, come to hold and
 * need.
 *
 * @param file index of the file
 * @param first index of the first block
 * @param last index of the last block
 * @param bytes of all of them
 * @param holders hosts that hold them at time 0, ascending
 * @param arrivals the others that come to hold them without a new copy, one for each host
 * @param needers hosts that demand them and neither hold nor come to hold them, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Run(
    int file,
    int first,
    int last,
    long bytes,
    int[] holders,
    List<Arrival> arrivals,
    int[] needers) {
  public int blocks() {
    return last - first + 1;
  }
}
