package dev.waybill.planner.solve.tree;

import dev.waybill.planner.indexed.BlockClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The best rates for trees of given structure, for the planner's solvers.
 *
 * <p>Of one class the trees' rates x maximise sum x_T, of several the least X_c / F_c, where X_c is
 * the sum of a class's rates and F_c its bytes and those that its trees' levels cost it, under
 *
 * <pre>
 *   sum over T of (edges of T that use r) x_T <= capacity of r    for each resource r
 * </pre>
 *
 * a linear programme with a column a tree; what capacities are left then goes to each tree in turn.
 * A tree of d levels costs its class d - 1 block times, whatever its rate. So trees are left out,
 * one after the other, where that makes the whole better.
 */
public final class TreeRates {
  /** Trees with less than this share of their class's rate are not worth a copy. */
  private static final double SLIVER = 1e-4;

  /** Of more trees than this none is left out: each has a linear programme of its own. */
  private static final int MOST_TO_DROP = 16;

  /** Rates may exceed a capacity less its headroom by this share. */
  private static final double ROUNDING = 1e-12;

  /** Bytes per second of trees that no resource bounds. */
  private static final double UNBOUND_RATE = 1e15;

  private final TreeGround ground;
  private final ToDoubleFunction<List<Tree>> value;

  private TreeRates(TreeGround ground, ToDoubleFunction<List<Tree>> value) {
    this.ground = ground;
    this.value = value;
  }

  /**
   * Those of {@code trees} that are worth having, at their best rates, or all as they are, where
   * that is better still and keeps the capacities.
   *
   * @param trees of each class at least one
   * @param value what is to be small
   */
  public static List<Tree> best(
      TreeGround ground, List<Tree> trees, ToDoubleFunction<List<Tree>> value) {
    return new TreeRates(ground, value).best(trees);
  }

  private List<Tree> best(List<Tree> trees) {
    List<Tree> best = rated(trees);
    double least = value.applyAsDouble(best);
    if (fit(trees) && value.applyAsDouble(trees) < least) {
      best = trees;
      least = value.applyAsDouble(trees);
    }
    if (best.size() > MOST_TO_DROP) {
      return best;
    }
    for (Tree t : trees) {
      List<Tree> others = best.stream().filter(o -> o.edges != t.edges).toList();
      boolean theOnlyOne = others.stream().noneMatch(o -> o.blocks.equals(t.blocks));
      if (others.size() < best.size() && !theOnlyOne) {
        List<Tree> without = rated(others);
        double v = value.applyAsDouble(without);
        if (v < least) {
          least = v;
          best = without;
        }
      }
    }
    return best;
  }

  /** Whether the trees keep the capacities as they are. */
  private boolean fit(List<Tree> trees) {
    double[] used = new double[ground.capacity.length];
    trees.forEach(t -> use(used, t, t.rate));
    for (int r = 0; r < used.length; r++) {
      if (used[r] > ground.capacity[r] * (1 + ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  /** All trees but those that come out with next to no rate. */
  private List<Tree> rated(List<Tree> trees) {
    double[] own = trees.stream().mapToDouble(this::alone).toArray();
    double[] rates = rates(trees, own);
    double[] used = new double[ground.capacity.length];
    for (int i = 0; i < rates.length; i++) {
      use(used, trees.get(i), rates[i]);
    }
    double[] ofClass = new double[rates.length];
    for (int i = 0; i < rates.length; i++) {
      double more = Math.min(own[i] - rates[i], left(used, trees.get(i)));
      if (more > 0) {
        rates[i] += more;
        use(used, trees.get(i), more);
      }
    }
    for (int i = 0; i < rates.length; i++) {
      for (int k = 0; k < rates.length; k++) {
        ofClass[i] += trees.get(k).blocks.equals(trees.get(i).blocks) ? rates[k] : 0;
      }
    }
    List<Tree> rated = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      if (rates[i] > SLIVER * ofClass[i]) {
        rated.add(trees.get(i).withRate(rates[i]));
      }
    }
    return rated;
  }

  /** The rate that a tree could have if it were the only one. */
  private double alone(Tree t) {
    return Math.min(UNBOUND_RATE, left(new double[ground.capacity.length], t));
  }

  private double left(double[] used, Tree t) {
    double left = Double.POSITIVE_INFINITY;
    for (int i = 0; i < t.resources.length; i++) {
      int r = t.resources[i];
      left = Math.min(left, (ground.capacity[r] - used[r]) / t.uses[i]);
    }
    return left;
  }

  private static void use(double[] used, Tree t, double rate) {
    for (int i = 0; i < t.resources.length; i++) {
      used[t.resources[i]] += rate * t.uses[i];
    }
  }

  /** Each tree's rate is a share of what it could have alone; with several classes, one more. */
  private double[] rates(List<Tree> trees, double[] own) {
    List<BlockClass> classes = trees.stream().map(t -> t.blocks).distinct().toList();
    int n = trees.size();
    boolean one = classes.size() == 1;
    List<double[]> a = new ArrayList<>();
    double[][] byResource = new double[ground.capacity.length][];
    for (int i = 0; i < n; i++) {
      Tree t = trees.get(i);
      double[] bound = new double[one ? n : n + 1];
      bound[i] = 1;
      a.add(bound);
      for (int k = 0; k < t.resources.length; k++) {
        int r = t.resources[k];
        if (byResource[r] == null) {
          byResource[r] = new double[one ? n : n + 1];
          a.add(byResource[r]);
        }
        byResource[r][i] = t.uses[k] * own[i] / ground.capacity[r];
      }
    }
    double[] b = new double[a.size() + (one ? 0 : classes.size())];
    Arrays.fill(b, 0, a.size(), 1);
    double[] c = new double[one ? n : n + 1];
    if (one) {
      double most = Arrays.stream(own).max().orElse(1);
      for (int i = 0; i < n; i++) {
        c[i] = own[i] / most;
      }
    } else {
      c[n] = 1;
      addClasses(trees, own, classes, a);
    }
    double[] x = Simplex.maximise(c, a.toArray(new double[0][]), b);
    double[] rates = new double[n];
    for (int i = 0; i < n; i++) {
      rates[i] = x[i] * own[i];
    }
    return rates;
  }

  /** F_c * (common factor) <= sum of the class's rates. */
  private void addClasses(
      List<Tree> trees, double[] own, List<BlockClass> classes, List<double[]> a) {
    int n = trees.size();
    double[] bytes = new double[classes.size()];
    double[] most = new double[classes.size()];
    double factor = Double.POSITIVE_INFINITY;
    for (int k = 0; k < bytes.length; k++) {
      BlockClass c = classes.get(k);
      long levels = 0;
      for (int i = 0; i < n; i++) {
        if (trees.get(i).blocks.equals(c)) {
          levels += trees.get(i).depth() - 1;
          most[k] += own[i];
        }
      }
      bytes[k] = c.bytes() + levels * (double) ground.problem.layouts[c.file()].blockSize();
      factor = Math.min(factor, most[k] / bytes[k]);
    }
    for (int k = 0; k < bytes.length; k++) {
      double[] row = new double[n + 1];
      row[n] = factor * bytes[k] / most[k];
      for (int i = 0; i < n; i++) {
        row[i] = trees.get(i).blocks.equals(classes.get(k)) ? -own[i] / most[k] : 0;
      }
      a.add(row);
    }
  }
}
