package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The planner's lower bound from the fractional packing of trees: the least time in which
 * everything could spread if blocks were a fluid. It knows what the other families don't: all
 * resources at once, however they are shared. See {@link FractionalPacking} for the proof.
 */
final class PackingCut {
  private static final int NAMED = 3;

  /** Shares of the bound below which a resource's price is an engine's rounding. */
  private static final double ROUNDING = 1e-6;

  private PackingCut() {}

  /** The cut, as far as it may be above {@code enough}. */
  static Cut tightest(IndexedProblem problem, double enough) {
    FractionalPacking packing = FractionalPacking.of(problem, enough);
    if (packing.seconds() <= enough) {
      return Cut.none();
    }
    double[] prices = packing.prices();
    int[] resources =
        IntStream.range(0, prices.length)
            .filter(r -> prices[r] * problem.capacity[r] > ROUNDING * packing.seconds())
            .toArray();
    return new Cut(
        packing.seconds(),
        because(problem, resources, prices),
        resources,
        Arrays.stream(resources).mapToDouble(r -> prices[r]).toArray());
  }

  private static String because(IndexedProblem problem, int[] resources, double[] prices) {
    List<Integer> most =
        IntStream.of(resources)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer r) -> prices[r] * problem.capacity[r])
                    .reversed())
            .limit(NAMED)
            .toList();
    String named = most.stream().map(r -> problem.resourceIds[r]).collect(Collectors.joining(", "));
    int more = resources.length - most.size();
    return resources.length == 0
        ? "there is no way to everybody who needs something"
        : "no trees carry everything sooner through "
            + named
            + (more > 0 ? " and " + more + " more" : "");
  }
}
