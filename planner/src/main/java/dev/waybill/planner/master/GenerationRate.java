package dev.waybill.planner.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a publisher makes the blocks of one version, as the master sees it announce them.
 *
 * <p>The rate is the median of the slopes between any two of the marks kept (P. K. Sen, "Estimates
 * of the regression coefficient based on Kendall's tau", JASA 63, 1968). A pause, a burst and
 * blocks that come in heaps hardly move it while they are less than 0.29 of what is looked at,
 * where a mean would be far off. Sen's line has no memory; this one forgets, so that it follows a
 * rate that changes.
 */
final class GenerationRate {
  /** Marks are so far apart at least: what is announced between them counts to the later one. */
  private static final double APART_SECONDS = 0.5;

  private static final int MOST_MARKS = 20;

  /** Older marks are forgotten, except for the few without which a slow publisher has no rate. */
  private static final double MEMORY_SECONDS = 30;

  private static final int KEPT_MARKS = 5;

  /** A publisher that has just started says nothing yet: it is still getting up to speed. */
  private static final double LEAST_SECONDS = 1;

  private static final int LEAST_MARKS = 3;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private @Nullable Double bytesPerSecond;

  private record Mark(double at, long bytes) {
    double slopeTo(Mark later) {
      return (later.bytes - bytes) / (later.at - at);
    }
  }

  /** A publisher starts, or starts again: what was seen before says nothing about this one. */
  void started() {
    marks.clear();
    bytesPerSecond = null;
  }

  /**
   * A publisher has made more blocks.
   *
   * @param bytes of all blocks that are known now
   */
  void made(long bytes, double now) {
    Mark last = marks.pollLast();
    Mark before = marks.peekLast();
    boolean apart = before == null || (last != null && last.at - before.at >= APART_SECONDS);
    if (last != null && last.at < now && apart) {
      marks.add(last);
    }
    marks.add(new Mark(now, bytes));
    while (marks.size() > MOST_MARKS
        || (marks.size() > KEPT_MARKS && now - marks.getFirst().at > MEMORY_SECONDS)) {
      marks.removeFirst();
    }
    if (marks.size() >= LEAST_MARKS && now - marks.getFirst().at >= LEAST_SECONDS) {
      bytesPerSecond = median();
    }
  }

  /** Null before enough has been seen. */
  @Nullable Double bytesPerSecond() {
    return bytesPerSecond;
  }

  private double median() {
    List<Mark> all = new ArrayList<>(marks);
    double[] slopes = new double[all.size() * (all.size() - 1) / 2];
    int n = 0;
    for (int j = 1; j < all.size(); j++) {
      for (int i = 0; i < j; i++) {
        slopes[n++] = all.get(i).slopeTo(all.get(j));
      }
    }
    Arrays.sort(slopes);
    return slopes[n / 2];
  }
}
