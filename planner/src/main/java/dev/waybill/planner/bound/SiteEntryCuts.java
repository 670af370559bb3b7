package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lower bounds from what enters locations, with a slow start and a last block that has to spread.
 *
 * <p><b>Start.</b> Let each location l of a set K need F_l bytes that nobody there possesses, over
 * ways of I_l bytes per second together. What enters K at time t has left other locations, and a
 * location where nobody possesses anything can't send before it has a block; the i-th of these has
 * one no sooner than {@link SpreadTimes} says, and they are the widest first at best, so O(t) bytes
 * per second can leave locations at t. So the time S by which all of K has what it needs keeps
 *
 * <pre>integral over 0..S of min(sum of I_l, O(t)) dt  &gt;=  sum of F_l.</pre>
 *
 * <p><b>End.</b> Some location l of K has no more than its F_l bytes by S. Take the block whose
 * first copy into l is the last to be completed: its i-th copy into l is completed no sooner than S
 * + (i - 1) B / I_l, and every host there that holds it passes it on at most once each B / (egress
 * of the fastest), until all hosts of l that need it have it. We take the least over K and over
 * classes.
 *
 * <p>Only full blocks count, as in {@link UploadCut}. K is all locations, or the few that need
 * longest.
 */
final class SiteEntryCuts {
  private static final double SMALL = 1e-6;

  private final IndexedProblem problem;
  private final List<BlockClass> classes;

  /** By location, bytes of full blocks that have to enter it. */
  private final double[] bytes;

  /** By location, resources that cover all ways into it; empty where nothing does. */
  private final int[][] into;

  private final double[] in;
  private final double[] out;
  private final BitSet possessing = new BitSet();
  private double smallest = Double.POSITIVE_INFINITY;

  private SiteEntryCuts(IndexedProblem problem, List<BlockClass> classes) {
    this.problem = problem;
    this.classes = classes;
    into = coverings(false);
    in = capacities(into);
    out = capacities(coverings(true));
    bytes = new double[problem.locations()];
    for (BlockClass c : classes) {
      Volume volume = Volume.of(problem, c);
      Arrays.stream(c.possessors()).forEach(h -> possessing.set(problem.location[h]));
      int[] at = LocationCuts.locations(problem, c.possessors());
      for (int l : LocationCuts.locations(problem, c.needers())) {
        if (Arrays.binarySearch(at, l) < 0 && volume.fullBlocks() > 0) {
          bytes[l] += volume.fullBlocks() * volume.smallest();
        }
      }
      smallest = Math.min(smallest, volume.smallest());
    }
    problem.arrivals.forEach(a -> possessing.set(problem.location[a.host()]));
  }

  private int[][] coverings(boolean out) {
    return LocationCuts.ways(problem, out).stream()
        .map(ways -> Covering.of(problem, ways))
        .toArray(int[][]::new);
  }

  /** The sums of capacities; infinite where nothing covers. */
  private double[] capacities(int[][] coverings) {
    return Arrays.stream(coverings)
        .mapToDouble(
            c ->
                c.length == 0
                    ? Double.POSITIVE_INFINITY
                    : Arrays.stream(c).mapToDouble(r -> problem.capacity[r]).sum())
        .toArray();
  }

  static Cut tightest(IndexedProblem problem, List<BlockClass> classes) {
    return problem.locations() > 1 ? new SiteEntryCuts(problem, classes).tightest() : Cut.none();
  }

  private Cut tightest() {
    int[] needing =
        IntStream.range(0, bytes.length)
            .filter(l -> bytes[l] > 0 && in[l] > 0 && Double.isFinite(in[l]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer l) -> bytes[l] / in[l]).reversed())
            .mapToInt(l -> l)
            .toArray();
    double[][] leaving = leaving();
    double[] ends = needing.length == 0 ? new double[0] : ends(needing);
    Cut best = Cut.none();
    double sum = 0;
    double width = 0;
    double end = Double.POSITIVE_INFINITY;
    for (int k = 0; k < needing.length; k++) {
      sum += bytes[needing[k]];
      width += in[needing[k]];
      end = Math.min(end, ends[k]);
      double seconds = start(leaving, sum, width) + end;
      if (seconds > best.seconds()) {
        double saved = start(leaving, sum, width) - start(leaving, sum, width * (1 + SMALL));
        best =
            Cut.ofSum(
                seconds,
                (k == 0
                        ? "what " + problem.locationIds[needing[0]] + " needs"
                        : "what " + (k + 1) + " locations need")
                    + " has to enter once, is scarce at first, and the last block has to spread",
                resources(Arrays.copyOf(needing, k + 1)),
                saved / (width * SMALL));
      }
    }
    return best;
  }

  private int[] resources(int[] locations) {
    return Arrays.stream(locations).flatMap(l -> Arrays.stream(into[l])).distinct().toArray();
  }

  /** When {@code sum} bytes can have entered over {@code width} bytes per second. */
  private static double start(double[][] leaving, double sum, double width) {
    double rate = 0;
    double at = 0;
    double entered = 0;
    for (double[] opening : leaving) {
      double more = Math.min(rate, width) * (opening[0] - at);
      if (entered + more >= sum) {
        break;
      }
      entered += more;
      at = opening[0];
      rate += opening[1];
    }
    return at + (sum - entered) / Math.min(rate, width);
  }

  /** Pairs of a time and by how much the rate at which blocks can leave locations grows then. */
  private double[][] leaving() {
    double now = 0;
    double fastest = 0;
    for (int l = 0; l < out.length; l++) {
      now += possessing.get(l) ? out[l] : 0;
      fastest = possessing.get(l) ? fastest : Math.max(fastest, out[l]);
    }
    double[] later =
        IntStream.range(0, out.length)
            .filter(l -> !possessing.get(l))
            .mapToObj(l -> out[l])
            .sorted(Comparator.reverseOrder())
            .mapToDouble(o -> o)
            .toArray();
    double[] times =
        later.length == 0 || now == 0 || fastest == 0
            ? new double[later.length]
            : SpreadTimes.of(later.length, smallest / now, smallest / now, smallest / fastest);
    double[][] leaving = new double[later.length + 1][];
    leaving[0] = new double[] {0, now};
    for (int i = 0; i < later.length; i++) {
      leaving[i + 1] = new double[] {times[i], later[i]};
    }
    return leaving;
  }

  /** For each location, how long its last block takes at least to all that need it there. */
  private double[] ends(int[] needing) {
    double[] fastest = new double[bytes.length];
    for (int h = 0; h < problem.hosts(); h++) {
      int l = problem.location[h];
      fastest[l] = Math.max(fastest[l], problem.minCapacity(problem.egress[h]));
    }
    // The fewer need a block, the sooner they have it: of each size and location, the fewest count.
    Map<List<Object>, Integer> fewest = new HashMap<>();
    for (BlockClass c : classes) {
      Volume volume = Volume.of(problem, c);
      int[] at = LocationCuts.locations(problem, c.possessors());
      int[] needers = new int[bytes.length];
      Arrays.stream(c.needers()).forEach(h -> needers[problem.location[h]]++);
      for (int l = 0; l < needers.length && volume.fullBlocks() > 0; l++) {
        if (needers[l] > 0 && Arrays.binarySearch(at, l) < 0) {
          fewest.merge(List.of(l, volume.smallest()), needers[l], Math::min);
        }
      }
    }
    double[] ends = new double[bytes.length];
    Arrays.fill(ends, Double.POSITIVE_INFINITY);
    fewest.forEach(
        (key, n) -> {
          int l = (Integer) key.get(0);
          double block = (Double) key.get(1);
          double interval = fastest[l] == 0 ? Double.POSITIVE_INFINITY : block / fastest[l];
          ends[l] = Math.min(ends[l], SpreadTimes.of(n, 0, block / in[l], interval)[n - 1]);
        });
    return Arrays.stream(needing).mapToDouble(l -> ends[l]).toArray();
  }
}
