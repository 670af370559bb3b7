package dev.waybill.planner.solve.flow;

import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.flow.Pipeline.Grown;
import dev.waybill.planner.solve.tree.Capacity;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The flow solver's search for forests: draws numbers of trees and their shares of the rate, around
 * the best so far and afresh, and grows a forest for each at just the rate at which it would be the
 * best.
 */
final class ForestSearch {
  private static final double FIRST_SCALE = 0.97;
  private static final double STEP = 0.001;

  /** Numbers of trees in the order in which they are tried; one is the least work for hosts. */
  private static final int[] FIRST_TREES = {1, 4, 2, 6, 3, 5, 8, 7};

  private static final TreeGrowth.Order[] ORDERS = TreeGrowth.Order.values();

  private static final double BETTER = 0.004;
  private static final double LOWER = 0.93;
  private static final double NEAR = 1.0015;

  private final IndexedProblem problem;
  private final List<Cargo> cargoes;
  private final double leastSeconds;
  private final FlowConfig config;
  private final Incumbent incumbent;
  private final SplittableRandom random;
  private final double[] capacity;
  private final List<Terrain> terrains;
  private final int[] fewestLevels;
  private int drawn;
  private double best = Double.POSITIVE_INFINITY;
  private double firstScale = FIRST_SCALE;
  private @Nullable Draw bestDraw;
  private List<Tree> bestTrees = List.of();

  /**
   * What one forest is grown with.
   *
   * @param shares of each cargo's rate that its trees have; those of a cargo sum to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Draw(double[][] shares, TreeGrowth.Order order) {}

  /**
   * @param leastSeconds a proven bound, above 0
   */
  ForestSearch(
      IndexedProblem problem,
      List<Cargo> cargoes,
      double leastSeconds,
      FlowConfig config,
      long seed,
      Incumbent incumbent) {
    this.problem = problem;
    this.cargoes = cargoes;
    this.leastSeconds = leastSeconds;
    this.config = config;
    this.incumbent = incumbent;
    random = new SplittableRandom(seed);
    fewestLevels = new int[config.trees() + 1];
    Arrays.fill(fewestLevels, -1);
    capacity = Capacity.beside(problem);
    terrains =
        applies()
            ? cargoes.stream().map(c -> new Terrain(problem, c, capacity)).toList()
            : List.of();
  }

  /** Whether every cargo has a host that holds all of it, and there are not too many. */
  boolean applies() {
    return leastSeconds > 0
        && cargoes.size() <= config.cargoes()
        && cargoes.stream().allMatch(c -> c.roots().length > 0);
  }

  /**
   * Draws forests.
   *
   * @param draws how many at the most
   * @param patience how many at the most since the last better one
   */
  void run(int draws, int patience, BooleanSupplier stop) {
    int since = 0;
    for (int i = 0; i < draws && since < patience; i++, since++) {
      if (stop.getAsBoolean() || incumbent.done()) {
        return;
      }
      double before = best;
      attempt(bestDraw != null && random.nextInt(10) < 7 ? near(bestDraw) : fresh(drawn++), stop);
      since = best < before * (1 - 1e-5) ? 0 : since;
    }
  }

  /**
   * Tries the trees of a linear program: the few that carry most, at rates that fit. Nothing
   * happens where most hosts are pooled: who feeds whom in a pool is found better by growing.
   */
  void plant(FractionalPacking packing) {
    boolean pooled = 2 * packing.pools().size() < problem.hosts();
    if (pooled || Double.isInfinite(packing.fluidSeconds())) {
      return;
    }
    for (int i = 0; i < FIRST_TREES.length && !incumbent.done(); i++) {
      PackedForest packed = new PackedForest(problem, packing, capacity);
      List<Forest> forests = packed.of(cargoes, FIRST_TREES[i]);
      if (forests == null) {
        return;
      }
      keep(null, fitted(forests));
    }
  }

  /**
   * Tries the trees of earlier runs, and goes on from there.
   *
   * @param trees of the one cargo that there is
   */
  void replant(List<Tree> trees) {
    double[] shares = trees.stream().mapToDouble(t -> t.rate).toArray();
    normalise(shares);
    TreeGrowth.Order order = shares.length == 1 ? TreeGrowth.Order.OWN_FIRST : anyOrder();
    keep(new Draw(new double[][] {shares}, order), fitted(List.of(new Forest(trees))));
  }

  /** Says what it has come to in so many seconds. */
  void teach(Lessons lessons, double seconds) {
    if (!bestTrees.isEmpty()) {
      lessons.learn(bestTrees, best, seconds);
    }
  }

  /** All trees at rates that together take what the capacities allow. */
  private List<Grown> fitted(List<Forest> forests) {
    List<Tree> trees = forests.stream().flatMap(f -> f.trees().stream()).toList();
    List<Tree> raised = Capacity.raised(trees, capacity);
    List<Grown> grown = new ArrayList<>();
    int from = 0;
    for (int c = 0; c < forests.size(); c++) {
      int to = from + forests.get(c).trees().size();
      Forest forest = new Forest(raised.subList(from, to));
      grown.add(new Grown(cargoes.get(c), forest, forest.divide(cargoes.get(c))));
      from = to;
    }
    return grown;
  }

  /** Grows a draw's forests where they may be the best, then looks for their highest rate. */
  private void attempt(Draw draw, BooleanSupplier stop) {
    double fitted = target(draw);
    double failed = leastSeconds / Capacity.HEADROOM;
    if (fitted < failed || !fits(draw, fitted)) {
      firstScale *= best == Double.POSITIVE_INFINITY ? LOWER : 1;
      return;
    }
    if (fits(draw, failed)) {
      return;
    }
    for (int i = 0; i < config.raises() && fitted > failed * (1 + STEP); i++) {
      if (stop.getAsBoolean()) {
        return;
      }
      double middle = Math.sqrt(fitted * failed);
      if (fits(draw, middle)) {
        fitted = middle;
      } else {
        failed = middle;
      }
    }
  }

  private boolean fits(Draw draw, double seconds) {
    List<Grown> grown = grow(draw, seconds);
    if (grown != null) {
      keep(draw, grown);
    }
    return grown != null;
  }

  /** The fluid time at which a draw's forests would be better than the best; 0 where none would. */
  private double target(Draw draw) {
    if (best == Double.POSITIVE_INFINITY) {
      return leastSeconds / firstScale;
    }
    if (cargoes.size() > 1) {
      return best / (1 + BETTER);
    }
    int trees = draw.shares[0].length;
    int levels = fewestLevels[trees] < 0 ? trees : fewestLevels[trees];
    long blocks = cargoes.get(0).blocks();
    double seconds = best * blocks / (blocks + levels);
    return seconds < leastSeconds ? 0 : seconds;
  }

  private @Nullable List<Grown> grow(Draw draw, double seconds) {
    ForestGrower grower = new ForestGrower(capacity, new double[capacity.length]);
    List<Grown> grown = new ArrayList<>();
    for (int c = 0; c < cargoes.size(); c++) {
      Cargo cargo = cargoes.get(c);
      double[] rates = draw.shares[c].clone();
      for (int k = 0; k < rates.length; k++) {
        rates[k] *= cargo.bytes() / seconds;
      }
      Forest forest = grower.grow(terrains.get(c), rates, draw.order, random.split());
      if (forest == null) {
        return null;
      }
      grown.add(new Grown(cargo, forest, forest.divide(cargo)));
    }
    if (grown.size() == 1) {
      List<Grown> raised = fitted(List.of(grown.get(0).forest()));
      int trees = draw.shares[0].length;
      int levels = raised.get(0).forest().levels();
      fewestLevels[trees] =
          fewestLevels[trees] < 0 ? levels : Math.min(fewestLevels[trees], levels);
      return raised;
    }
    return grown;
  }

  private void keep(@Nullable Draw draw, List<Grown> grown) {
    Pipeline plain = new Pipeline(problem, capacity, grown, 0);
    if (plain.seconds() < best * NEAR) {
      List<Grown> tuned = grown.size() == 1 ? tuned(grown.get(0), plain.seconds()) : grown;
      plain = new Pipeline(problem, capacity, tuned, 0);
      if (plain.seconds() < best) {
        best = plain.seconds();
        bestDraw = draw != null ? draw : bestDraw;
        bestTrees = tuned.stream().flatMap(g -> g.forest().trees().stream()).toList();
        incumbent.offer(plain.copies());
      }
      for (int levels : config.burstLevels()) {
        Pipeline bursts = new Pipeline(problem, capacity, tuned, levels);
        if (bursts.seconds() < incumbent.score()) {
          incumbent.offer(bursts.copies());
        }
      }
    }
  }

  /** Moves single blocks from tree to tree for as long as that helps. */
  private List<Grown> tuned(Grown grown, double seconds) {
    Grown now = grown;
    double least = seconds;
    boolean better = true;
    while (better) {
      better = false;
      for (int from = 0; from < now.count().length; from++) {
        for (int to = 0; to < now.count().length; to++) {
          if (from != to && now.count()[from] > 0) {
            int[] count = now.count().clone();
            count[from]--;
            count[to]++;
            Grown other = new Grown(now.cargo(), now.forest(), count);
            double then = new Pipeline(problem, capacity, List.of(other), 0).seconds();
            if (then < least * (1 - 1e-6)) {
              least = then;
              now = other;
              better = true;
            }
          }
        }
      }
    }
    return List.of(now);
  }

  // ---- draws ----

  private Draw fresh(int number) {
    double[][] shares = new double[cargoes.size()][];
    int most = cargoes.size() == 1 ? config.trees() : Math.min(3, config.trees());
    int trees =
        number < FIRST_TREES.length
            ? Math.min(most, FIRST_TREES[number])
            : 1 + random.nextInt(most);
    for (int c = 0; c < shares.length; c++) {
      shares[c] = new double[trees];
      for (int k = 0; k < trees; k++) {
        shares[c][k] = 0.5 + random.nextDouble();
      }
      normalise(shares[c]);
    }
    return new Draw(shares, trees == 1 ? TreeGrowth.Order.OWN_FIRST : anyOrder());
  }

  private TreeGrowth.Order anyOrder() {
    return ORDERS[random.nextInt(ORDERS.length)];
  }

  private Draw near(Draw draw) {
    double[][] shares = new double[draw.shares.length][];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = draw.shares[c].clone();
      for (int k = 0; k < shares[c].length; k++) {
        if (random.nextBoolean()) {
          shares[c][k] *= Math.exp(0.15 * (2 * random.nextDouble() - 1));
        }
      }
      normalise(shares[c]);
    }
    return new Draw(shares, random.nextInt(10) == 0 ? anyOrder() : draw.order);
  }

  /** Descending, with the sum 1. */
  private static void normalise(double[] shares) {
    double sum = Arrays.stream(shares).sum();
    Arrays.sort(shares);
    for (int i = 0, j = shares.length - 1; i <= j; i++, j--) {
      double low = shares[i] / sum;
      shares[i] = shares[j] / sum;
      shares[j] = low;
    }
  }
}
