package dev.waybill.planner.master;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Part of the planning cycle: finds the running copies whose share others could make better use of,
 * so that they give it back (claim 28): those that have fallen behind, and those whose blocks have
 * come by others.
 */
final class Stragglers {
  /** So long after a look at running copies they are looked at again. */
  private static final double LOOK_SECONDS = 3;

  /** The same at most, where no better schedule has been found again and again. */
  private static final double MOST_LOOK_SECONDS = 30;

  /** Copies run a little late anyhow. */
  private static final double LATE_SHARE = 0.25;

  private static final double LATE_SECONDS = 2;

  /** The last copies take longer than this where they are worth being planned anew. */
  private static final double LAST_SECONDS = 1;

  private final Cluster cluster;
  private double lookAt = Double.NEGATIVE_INFINITY;
  private double pause = LOOK_SECONDS;

  Stragglers(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A schedule has been put in force. */
  void watch() {
    pause = LOOK_SECONDS;
  }

  /** Those that were found are not worth being ended. */
  void leave(double now) {
    pause = Math.min(MOST_LOOK_SECONDS, 2 * pause);
    lookAt = now + pause;
  }

  /**
   * The copies that take longest yet, where the time of the schedule in force is over, or they have
   * fallen so far behind that it will not be kept: others have ended, or could do better with their
   * share. Null where none takes long.
   *
   * @param overdueAt when that time is over, in seconds
   */
  @Nullable InTheWay look(double overdueAt, double now) {
    boolean isTheLast = now >= overdueAt && cluster.traffic.hasThinned();
    if (now < lookAt && !isTheLast) {
      return null;
    }
    lookAt = now + pause;
    Pace pace = new Pace(cluster, now);
    endServed(pace, now);
    Collection<Traffic.Running> running = cluster.traffic.running();
    double late =
        now < overdueAt ? (overdueAt - now) * (1 + LATE_SHARE) + LATE_SECONDS : LAST_SECONDS;
    boolean hasFallenBehind =
        running.stream().anyMatch(r -> pace.hasFallenBehind(r) && pace.secondsLeft(r) > late);
    InTheWay found = null;
    boolean isNews = false;
    if (hasFallenBehind) {
      isNews = cluster.shortfalls.look(cluster, pace, now);
      cluster.believe(now);
    }
    if (isTheLast || hasFallenBehind) {
      found = longest(pace, late, isNews);
    }
    pace.mark(running);
    return found;
  }

  private @Nullable InTheWay longest(Pace pace, double late, boolean isNews) {
    Map<Long, Double> left = new HashMap<>();
    for (Traffic.Running r : cluster.traffic.running()) {
      if (pace.showsTheNetwork(r)) {
        left.put(r.order().id(), pace.secondsLeft(r));
      }
    }
    double longest = left.values().stream().mapToDouble(seconds -> seconds).max().orElse(0);
    double tooLong = Math.max(late, longest / 2);
    left.values().removeIf(seconds -> seconds <= tooLong);
    if (left.isEmpty()) {
      return null;
    }
    boolean areAll = left.size() == cluster.traffic.running().size();
    return new InTheWay(left.keySet(), longest, areAll, isNews);
  }

  /** Ends copies whose blocks have come by others: their share would be theirs for as long. */
  private void endServed(Pace pace, double now) {
    for (Traffic.Running r : List.copyOf(cluster.traffic.running())) {
      if (pace.isServedByOthers(r)) {
        cluster.retire(r, now);
      }
    }
  }
}
