package dev.waybill.planner.bound;

import java.util.List;

/**
 * What the planner has proven about every schedule of a problem: none has a smaller makespan.
 *
 * @param seconds the least makespan that isn't excluded; infinite where a cut has no capacity at
 *     all
 * @param score the least score that isn't excluded
 * @param because the binding cut in words, for people
 * @param bottlenecks the resources of that cut, the most valuable first; none where time itself
 *     binds (a generation or a copy in progress that ends last)
 */
public record Bound(double seconds, double score, String because, List<Bottleneck> bottlenecks) {
  /** Nothing has to be done, so nothing takes time. */
  public static final Bound NOTHING = new Bound(0, 0, "every demand is met already", List.of());

  public Bound {
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException("a lower bound of " + seconds + " s");
    }
    if (!(score >= 0)) {
      throw new IllegalArgumentException("a lower bound of " + score + " on the score");
    }
    bottlenecks = List.copyOf(bottlenecks);
  }
}
