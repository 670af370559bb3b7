package dev.waybill.executor.trace;

import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Trace.Arrival;
import dev.waybill.model.protocol.Trace.TracedCopy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the seconds of a distribution went: the path that decided when its last host was done, cut
 * into stretches that each have one cause.
 *
 * <p>It is walked backwards from the last host. A copy whose last block came right after its sender
 * had got it was held up by the copy that brought the sender that block, and the walk goes on
 * there. Any other copy took as long as it did by itself; before it comes the copy whose end let it
 * be ordered: the last one before its order with the same sender or receiver.
 */
public record Regret(List<Stretch> path) {
  /** A copy that ends so soon after its sender's is taken to have waited for it, in seconds. */
  private static final double BEHIND = 1.5;

  /** Hosts tell of a copy's end, and of the whole file, by clocks and in reports of their own. */
  private static final double APART = 0.1;

  public Regret {
    path = List.copyOf(path);
  }

  /** The causes. */
  public enum Cause {
    START_UP("the publisher's start"),
    PLANNING("until the first schedule was there"),
    FIRST_ORDER("from the first schedule to the first order"),
    FIRST_BLOCK("from a copy's order to its first block"),
    CARRYING("carrying at the planned rate"),
    SLOW("carrying slower than planned"),
    HOP("handing the last block on from host to host"),
    HAND_OVER("from the end of one copy to the order of the next"),
    TAIL("from the last block to the whole file at its place");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * A stretch of the path.
   *
   * @param from seconds from the start of the distribution; negative before it
   * @param what whom it is about
   */
  public record Stretch(double from, double to, Cause cause, String what) {
    public double seconds() {
      return to - from;
    }
  }

  /** The path of a distribution; empty while no host that had to be sent anything is done. */
  public static Regret of(Trace trace) {
    return new Walk(trace).regret();
  }

  /** The seconds of each cause. */
  public Map<Cause, Double> seconds() {
    Map<Cause, Double> sums = new EnumMap<>(Cause.class);
    path.forEach(s -> sums.merge(s.cause(), s.seconds(), Double::sum));
    return sums;
  }

  private static final class Walk {
    private final Trace trace;
    private final List<TracedCopy> done;
    private final List<Stretch> path = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private double at;

    Walk(Trace trace) {
      this.trace = trace;
      this.done = trace.copies().stream().filter(c -> c.arrived() != null).toList();
    }

    Regret regret() {
      Optional<Arrival> last =
          trace.arrivals().stream()
              .filter(a -> done.stream().anyMatch(c -> c.to().equals(a.host())))
              .max(Comparator.comparingDouble(Arrival::at));
      if (last.isPresent()) {
        at = last.get().at();
        walk(last.get().host());
      }
      Collections.reverse(path);
      return new Regret(path);
    }

    private void walk(String host) {
      Optional<TracedCopy> next = latest(c -> c.to().equals(host), at + APART);
      next.ifPresent(c -> back(arrived(c), Cause.TAIL, host));
      while (next.isPresent() && seen.add(next.get().id())) {
        TracedCopy c = next.get();
        Optional<TracedCopy> feeder = feeder(c);
        if (feeder.isPresent()) {
          back(arrived(feeder.get()), Cause.HOP, c.from() + " to " + c.to());
          next = feeder;
        } else {
          carried(c);
          next = latest(p -> meets(p, c), c.ordered());
          next.ifPresent(p -> back(arrived(p), Cause.HAND_OVER, name(c)));
        }
      }
      start();
    }

    private void carried(TracedCopy c) {
      double began = c.began() == null ? c.ordered() : c.began();
      double slowFrom = Math.min(at, began + c.idealSeconds());
      back(slowFrom, Cause.SLOW, name(c));
      back(began, Cause.CARRYING, name(c));
      back(c.ordered(), Cause.FIRST_BLOCK, name(c));
    }

    private void start() {
      Double ready = trace.planReady();
      if (ready != null && ready < at) {
        back(ready, Cause.FIRST_ORDER, "the master");
      }
      back(0, Cause.PLANNING, "the master");
      Double prepared = trace.preparedSeconds();
      if (prepared != null) {
        back(-prepared, Cause.START_UP, "the publisher");
      }
    }

    /** The copy that brought the sender of {@code c} its last block just before it arrived. */
    private Optional<TracedCopy> feeder(TracedCopy c) {
      return done.stream()
          .filter(f -> f.to().equals(c.from()) && f.first() <= c.last() && c.last() <= f.last())
          .filter(
              f -> arrived(f) <= at + APART && arrived(f) > at - BEHIND && !seen.contains(f.id()))
          .max(Comparator.comparingDouble(Walk::arrived));
    }

    private Optional<TracedCopy> latest(Predicate<TracedCopy> which, double before) {
      return done.stream()
          .filter(which)
          .filter(c -> arrived(c) <= before && !seen.contains(c.id()))
          .max(Comparator.comparingDouble(Walk::arrived));
    }

    private static boolean meets(TracedCopy a, TracedCopy b) {
      return a.from().equals(b.from()) || a.to().equals(b.to());
    }

    private void back(double to, Cause cause, String what) {
      if (to < at) {
        path.add(new Stretch(to, at, cause, what));
        at = to;
      }
    }

    private static String name(TracedCopy c) {
      return "%s to %s, blocks %d to %d".formatted(c.from(), c.to(), c.first(), c.last());
    }

    private static double arrived(TracedCopy c) {
      return c.arrived() == null ? Double.POSITIVE_INFINITY : c.arrived();
    }
  }
}
