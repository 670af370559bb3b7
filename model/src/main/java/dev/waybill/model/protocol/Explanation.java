package dev.waybill.model.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: why a host is where it is with a file.
 *
 * @param summary one line for people
 * @param missing how many of the blocks that are known it lacks
 * @param running copies that bring it blocks now
 * @param waiting copies of the schedule that will, the next first, ten at most
 * @param waitingCopies how many of them there are
 * @param doneInSeconds when the schedule expects it to be done, from now on; null where it says
 *     nothing of it
 */
public record Explanation(
    String host,
    String file,
    long version,
    Status.Progress state,
    String summary,
    int heldBlocks,
    int missing,
    List<Running> running,
    List<Waiting> waiting,
    int waitingCopies,
    @Nullable Double doneInSeconds) {
  public Explanation {
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
  }

  /**
   * A copy that is being carried out.
   *
   * @param rate bytes per second that it has been allocated
   * @param arrived how many of its blocks have arrived
   * @param sinceSeconds since when it has been ordered
   */
  public record Running(
      String from, int first, int last, double rate, int arrived, double sinceSeconds) {}

  /**
   * A copy that waits.
   *
   * @param plannedInSeconds when the schedule expected it to start, from now on; negative where it
   *     is late
   * @param waitsFor what holds it back, one line
   * @param resource the resource that does, where one does
   */
  public record Waiting(
      String from,
      int first,
      int last,
      double rate,
      double plannedInSeconds,
      String waitsFor,
      @Nullable String resource) {}
}
