package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Arrays;

/**
 * The working state of a forest: who feeds whom in each tree, and how full resources are. Kept up
 * to date edge by edge; what depends on the shape of a whole tree (levels, whom it reaches, what a
 * byte costs) is measured again for trees that have changed, in steps as many as their hosts. All
 * sums are of whole numbers, so that they don't depend on the order of changes. For one thread.
 *
 * <p>With u_r the share of resource r's capacity that is used, the fullness is
 *
 * <pre>
 *   1 + ln(sum over r of exp(s (u_r - 1))) / s
 * </pre>
 *
 * which exceeds the largest u_r by at most ln(resources) / s, and unlike that gets smaller with
 * each resource that is relieved.
 */
final class Canopy {
  private static final int NOBODY = -1;

  /** Terms of the fullness are multiples of 1 / this. */
  private static final double GRAIN = 1 << 20;

  /** Terms grow no further than e to this. */
  private static final double MOST_EXPONENT = 15;

  /** Costs of a byte are multiples of the dearest host's / this. */
  private static final double COST_GRAIN = 1 << 30;

  private final Terrain terrain;
  private final IndexedProblem problem;

  /** What depends on the shape of a whole tree, and the mark of the shape. */
  private record Shape(long mark, int depth, long depthSum, int unreached, long byteCost) {}

  /** By tree and host; the siblings are a list in both directions. */
  private final int[][] parent;

  private final int[][] firstChild;
  private final int[][] next;
  private final int[][] previous;

  /** By resource: units of rate. */
  private final long[] load;

  /** By resource: its term of the fullness. */
  private final long[] term;

  private long terms;

  /** By host: to how many it sends. */
  private final int[] receivers;

  private int receiversTooMany;
  private int closedWays;

  /** By tree: stands for all its edges, whatever the order in which they came. */
  private final long[] mark;

  /** By tree: its shape, perhaps before the last changes. */
  private final Shape[] shape;

  /** By tree: the shape before that, to which a move that is undone returns. */
  private final Shape[] earlier;

  private final double costGrain;
  private final int[] queue;
  private final int[] level;
  private final double[] levels;
  private final double[] classCost;

  Canopy(Terrain terrain) {
    this.terrain = terrain;
    this.problem = terrain.problem();
    int trees = terrain.trees();
    int hosts = problem.hosts();
    parent = nobody(trees, hosts);
    firstChild = nobody(trees, hosts);
    next = nobody(trees, hosts);
    previous = nobody(trees, hosts);
    load = new long[problem.capacity.length];
    term = new long[load.length];
    for (int r = 0; r < load.length; r++) {
      term[r] = term(r);
      terms += term[r];
    }
    receivers = new int[hosts];
    double dearest = Arrays.stream(problem.costPerByte).max().orElse(0);
    costGrain = (dearest > 0 ? dearest : 1) / COST_GRAIN;
    queue = new int[hosts];
    level = new int[hosts];
    mark = new long[trees];
    shape = new Shape[trees];
    Arrays.setAll(shape, this::measure);
    earlier = shape.clone();
    levels = new double[terrain.ground().classes.size()];
    classCost = new double[levels.length];
  }

  private static int[][] nobody(int trees, int hosts) {
    int[][] all = new int[trees][hosts];
    for (int[] of : all) {
      Arrays.fill(of, NOBODY);
    }
    return all;
  }

  Terrain terrain() {
    return terrain;
  }

  /** From now on {@code from} feeds {@code host}, whom nobody feeds in that tree. */
  void add(int tree, int host, int from) {
    parent[tree][host] = from;
    int first = firstChild[tree][from];
    next[tree][host] = first;
    previous[tree][host] = NOBODY;
    if (first != NOBODY) {
      previous[tree][first] = host;
    }
    firstChild[tree][from] = host;
    count(tree, host, from, 1);
  }

  /** From now on nobody feeds {@code host} in that tree. */
  void remove(int tree, int host) {
    int from = parent[tree][host];
    int before = previous[tree][host];
    int after = next[tree][host];
    if (before == NOBODY) {
      firstChild[tree][from] = after;
    } else {
      next[tree][before] = after;
    }
    if (after != NOBODY) {
      previous[tree][after] = before;
    }
    parent[tree][host] = NOBODY;
    count(tree, host, from, -1);
  }

  private void count(int tree, int host, int from, int sign) {
    mark[tree] ^= scattered((long) from * problem.hosts() + host);
    receiversTooMany -= Math.max(0, receivers[from] - terrain.mostReceivers());
    receivers[from] += sign;
    receiversTooMany += Math.max(0, receivers[from] - terrain.mostReceivers());
    int[] way = problem.way(from, host);
    if (way == null || !terrain.ground().isOpen(way)) {
      closedWays += sign;
      return;
    }
    for (int r : way) {
      load[r] += sign * terrain.rate(tree);
      terms -= term[r];
      term[r] = term(r);
      terms += term[r];
    }
  }

  /** Spreads numbers evenly over all 64 bits (Steele, Lea and Flood, SplitMix, 2014). */
  private static long scattered(long number) {
    long z = (number + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private long term(int resource) {
    if (load[resource] == 0) {
      return 0;
    }
    double exponent = terrain.sharpness() * (load[resource] / terrain.capacity(resource) - 1);
    return Math.round(GRAIN * Math.exp(Math.min(MOST_EXPONENT, exponent)));
  }

  /** How full resources are, about 1 where the fullest is just full. */
  double fullness() {
    return terms == 0 ? 0 : Math.max(0, 1 + Math.log(terms / GRAIN) / terrain.sharpness());
  }

  /** How many rules are broken: hosts without blocks, closed ways, receivers too many. */
  long broken() {
    refresh();
    long broken = (long) closedWays + receiversTooMany;
    for (Shape s : shape) {
      broken += s.unreached;
    }
    return broken;
  }

  /** The score to be expected. */
  double score() {
    refresh();
    Arrays.fill(levels, 0);
    Arrays.fill(classCost, 0);
    for (int t = 0; t < shape.length; t++) {
      Shape s = shape[t];
      int c = terrain.classOf(t);
      double mean = (double) s.depthSum / terrain.blocks(t).needers().length;
      levels[c] += Math.max(0, s.depth - 1) + terrain.meanLevel() * mean;
      classCost[c] += terrain.share(t) * s.byteCost * costGrain;
    }
    return terrain.outlook().score(fullness(), levels, classCost);
  }

  private void refresh() {
    for (int t = 0; t < shape.length; t++) {
      if (shape[t].mark != mark[t]) {
        Shape now = earlier[t].mark == mark[t] ? earlier[t] : measure(t);
        earlier[t] = shape[t];
        shape[t] = now;
      }
    }
  }

  private Shape measure(int tree) {
    int n = 0;
    for (int root : terrain.roots(tree)) {
      level[root] = 0;
      queue[n++] = root;
    }
    int left = terrain.blocks(tree).needers().length;
    long cost = 0;
    int deepest = 0;
    long sum = 0;
    for (int i = 0; i < n; i++) {
      int host = queue[i];
      for (int c = firstChild[tree][host]; c != NOBODY; c = next[tree][c]) {
        level[c] = level[host] + 1;
        deepest = level[c];
        sum += deepest;
        left -= terrain.needs(tree, c) ? 1 : 0;
        cost += byteCost(host, c);
        queue[n++] = c;
      }
    }
    return new Shape(mark[tree], deepest, sum, left, cost);
  }

  private long byteCost(int from, int to) {
    if (!terrain.costs()) {
      return 0;
    }
    double cost = 0;
    int[] way = problem.way(from, to);
    for (int r : way == null ? new int[0] : way) {
      cost += problem.costPerByte[r];
    }
    return Math.round(cost / costGrain);
  }

  /** Whether a host gets its blocks somehow in a tree, as far as it knows itself. */
  boolean isFed(int tree, int host) {
    return parent[tree][host] != NOBODY || terrain.isRoot(tree, host);
  }

  /** Who feeds it; only for those whom somebody does. */
  int parent(int tree, int host) {
    return parent[tree][host];
  }

  boolean isLeaf(int tree, int host) {
    return firstChild[tree][host] == NOBODY;
  }

  /** Whom it feeds, at most {@code most} of them. */
  int[] children(int tree, int host, int most) {
    int[] children = new int[most];
    int n = 0;
    for (int c = firstChild[tree][host]; c != NOBODY && n < most; c = next[tree][c]) {
      children[n++] = c;
    }
    return Arrays.copyOf(children, n);
  }

  /** Whether {@code host} is {@code above} or is fed by it, directly or not. */
  boolean isWithin(int tree, int host, int above) {
    int steps = 0;
    for (int h = host; h != NOBODY && steps <= problem.hosts(); h = parent[tree][h]) {
      if (h == above) {
        return true;
      }
      steps++;
    }
    return false;
  }

  /** How full the fullest resource from one host to another is with {@code more} on it. */
  double fullness(int from, int to, long more) {
    int[] way = problem.way(from, to);
    if (way == null || !terrain.ground().isOpen(way)) {
      return Double.POSITIVE_INFINITY;
    }
    double most = 0;
    for (int r : way) {
      most = Math.max(most, (load[r] + more) / terrain.capacity(r));
    }
    return most;
  }
}
