package dev.waybill.planner.packing;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * When blocks of a packing problem first exist somewhere: nothing of a block is sent before, so for
 * every time s, what exists only from s on has to be sent within the capacity from s on.
 */
final class Releases {
  /** At how many times during an arrival the bound from that time on is looked at. */
  private static final int STEPS = 8;

  private static final int MOST_TIMES = 64;

  private final IndexedProblem problem;

  Releases(IndexedProblem problem) {
    this.problem = problem;
  }

  /** Times after 0 from which on a bound is worth looking for. */
  double[] times() {
    double[] all =
        problem.arrivals.stream()
            .flatMapToDouble(this::times)
            .filter(t -> t > 0)
            .sorted()
            .distinct()
            .toArray();
    int step = 1 + (all.length - 1) / MOST_TIMES;
    return IntStream.range(0, all.length)
        .filter(i -> i % step == 0)
        .mapToDouble(i -> all[i])
        .toArray();
  }

  private DoubleStream times(Arrival a) {
    BlockLayout layout = problem.layouts[a.file()];
    long blocks = (long) a.last() - a.first();
    return DoubleStream.iterate(0, k -> k + 1)
        .limit(STEPS + 1)
        .map(k -> a.heldAt(layout, a.first() + (int) (blocks * k / STEPS)));
  }

  /** Bytes of {@code commodity} that nobody has before {@code from}. */
  double bytes(Commodity commodity, double from) {
    double bytes = 0;
    for (BlockClass c : commodity.classes()) {
      for (Run run : c.runs()) {
        bytes += run.holders().length == 0 ? bytes(run, from) : 0;
      }
    }
    return bytes;
  }

  private double bytes(Run run, double from) {
    BlockLayout layout = problem.layouts[run.file()];
    int first = run.first();
    int end = run.last() + 1;
    while (first < end) {
      int middle = first + (end - first) / 2;
      if (existsAt(layout, run.arrivals(), middle) >= from) {
        end = middle;
      } else {
        first = middle + 1;
      }
    }
    return first > run.last() ? 0 : layout.span(first, run.last());
  }

  private static double existsAt(BlockLayout layout, List<Arrival> arrivals, int block) {
    return arrivals.stream().mapToDouble(a -> a.heldAt(layout, block)).min().orElse(0);
  }

  /** The commodities with what nobody has before {@code from} alone. */
  List<Commodity> from(List<Commodity> commodities, double from) {
    return commodities.stream()
        .map(c -> new Commodity(c.classes(), bytes(c, from), c.sources(), c.targets(), c.copies()))
        .filter(c -> c.bytes() > 0)
        .toList();
  }
}
