package dev.waybill.model.schedule;

import dev.waybill.model.network.Resource;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Constraint (1) of the checker: at every moment the rates of the running copies that use a
 * resource sum to at most its capacity.
 *
 * <p>All starts and all ends are sorted once; dealt out to the resources in that order, they are
 * sorted there too, and a sweep over both finds the load of each. What copies in progress use on
 * their own is never a violation.
 */
final class CapacityRule {
  private static final double RELATIVE_TOLERANCE = 1e-6;

  /** How much of its end a copy gives up to the next one, for rounding. */
  private static final double OVERLAP = 1e-9;

  private final Plan plan;
  private final double[] start;
  private final double[] end;

  /** Where each resource's copies begin in the two arrays below; one past the last one's too. */
  private final int[] offset;

  private final int[] byStart;
  private final int[] byEnd;

  CapacityRule(Plan plan) {
    this.plan = plan;
    int n = plan.size();
    start = new double[n];
    end = new double[n];
    offset = new int[plan.ways().resources().size() + 1];
    for (int i = 0; i < n; i++) {
      Copy c = plan.copy(i);
      double over = c.end(plan.layout(i));
      start[i] = c.start();
      end[i] = over - OVERLAP - OVERLAP * (over - c.start());
      for (int resource : plan.way(i)) {
        offset[resource + 1] = Math.addExact(offset[resource + 1], 1);
      }
    }
    for (int r = 1; r < offset.length; r++) {
      offset[r] = Math.addExact(offset[r], offset[r - 1]);
    }
    byStart = dealtInOrder(i -> start[i]);
    byEnd = dealtInOrder(i -> end[i]);
  }

  private int[] dealtInOrder(IntToDoubleFunction time) {
    int[] next = offset.clone();
    int[] dealt = new int[offset[offset.length - 1]];
    IntStream.range(0, plan.size())
        .boxed()
        .sorted(Comparator.comparingDouble(time::applyAsDouble))
        .forEachOrdered(
            i -> {
              for (int resource : plan.way(i)) {
                dealt[next[resource]++] = i;
              }
            });
    return dealt;
  }

  void check(Findings findings) {
    for (int r = 0; r < offset.length - 1; r++) {
      check(r, findings);
    }
  }

  /** Reports at most the first moment at which a resource is over its capacity. */
  private void check(int r, Findings findings) {
    Resource resource = plan.ways().resources().get(r);
    double capacity = resource.capacity().bytesPerSecond();
    double load = 0;
    int planned = 0;
    int e = offset[r];
    for (int s = offset[r]; s < offset[r + 1]; s++) {
      int starting = byStart[s];
      for (; e < offset[r + 1] && end[byEnd[e]] <= start[starting]; e++) {
        load -= plan.copy(byEnd[e]).rate();
        planned -= plan.isPlanned(byEnd[e]) ? 1 : 0;
      }
      load += plan.copy(starting).rate();
      planned += plan.isPlanned(starting) ? 1 : 0;
      if (planned != 0 && load > capacity * (1 + RELATIVE_TOLERANCE)) {
        double over = load;
        findings.add(
            Violation.Kind.CAPACITY,
            resource.id(),
            () ->
                String.format(
                    Locale.ROOT,
                    "a load of %.1f bytes/s at %.6f s, and a capacity of %.1f",
                    over,
                    start[starting],
                    capacity));
        return;
      }
    }
  }
}
