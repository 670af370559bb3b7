package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import dev.waybill.planner.solve.tree.TreePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same during one round of the OptaPlanner solver: the ground, how many trees there
 * are, and the rate of each, in whole units so that sums are exact whatever their order. Immutable.
 */
final class Terrain {
  /** The fastest tree's rate has so many units. */
  private static final double UNITS = 1 << 20;

  private final TreeGround ground;
  private final boolean[] mayRelay;
  private final OptaPlannerConfig config;
  private final double sharpness;
  private final Runnable pulse;
  private final List<Feeder> feeders;

  /** By tree: the number of its class. */
  private final int[] classOf;

  /** By tree. */
  private final long[] rate;

  /** By tree: what part of its class's rate it has. */
  private final double[] share;

  /** By resource, in units of rate. */
  private final double[] capacity;

  /** By class. */
  private final int[][] roots;

  /** By class and host. */
  private final boolean[][] isRoot;

  /** By class and host. */
  private final boolean[][] needs;

  /** By class: the hosts that have a place in each of its trees. */
  private final int[][] placed;

  /** By class and host: which of the hosts with a place it is, from 1; 0 where it has none. */
  private final int[][] placeOf;

  /** By tree, and one more: the number of its first place. */
  private final int[] firstPlace;

  /** By class and location: hosts that can be in its trees. */
  private final int[][][] members;

  private final Outlook outlook;
  private final double scale;

  Terrain(
      TreeGround ground,
      List<Tree> trees,
      OptaPlannerConfig config,
      double sharpness,
      Runnable pulse) {
    this.ground = ground;
    this.mayRelay = ground.relays(true);
    this.config = config;
    this.sharpness = sharpness;
    this.pulse = pulse;
    this.feeders = IntStream.range(0, ground.problem.hosts()).mapToObj(Feeder::new).toList();
    classOf = trees.stream().mapToInt(this::classIndex).toArray();
    double most = trees.stream().mapToDouble(t -> t.rate).max().orElse(1);
    rate = trees.stream().mapToLong(t -> Math.max(1, Math.round(t.rate / most * UNITS))).toArray();
    capacity = Arrays.stream(ground.capacity).map(c -> c / most * UNITS).toArray();
    double[] ofClass = new double[ground.classes.size()];
    for (int t = 0; t < rate.length; t++) {
      ofClass[classOf[t]] += rate[t];
    }
    share =
        IntStream.range(0, rate.length).mapToDouble(t -> rate[t] / ofClass[classOf[t]]).toArray();
    roots = ground.classes.stream().map(ground::roots).toArray(int[][]::new);
    isRoot = new boolean[roots.length][feeders.size()];
    needs = new boolean[roots.length][feeders.size()];
    members = new int[roots.length][][];
    placed = new int[roots.length][];
    placeOf = new int[roots.length][feeders.size()];
    for (int c = 0; c < roots.length; c++) {
      for (int h : roots[c]) {
        isRoot[c][h] = true;
      }
      for (int h : ground.classes.get(c).needers()) {
        needs[c][h] = true;
      }
      placed[c] = placed(ground.classes.get(c));
      for (int i = 0; i < placed[c].length; i++) {
        placeOf[c][placed[c][i]] = i + 1;
      }
      members[c] = members(c);
    }
    firstPlace = new int[rate.length + 1];
    for (int t = 0; t < rate.length; t++) {
      firstPlace[t + 1] = firstPlace[t] + placed[classOf[t]].length;
    }
    double score = new TreePlan(ground, trees).score();
    scale = score > 0 ? score : 1;
    outlook =
        new Outlook(ground, Arrays.stream(ofClass).map(units -> units / UNITS * most).toArray());
  }

  private int classIndex(Tree tree) {
    for (int c = 0; c < ground.classes.size(); c++) {
      if (ground.classes.get(c).equals(tree.blocks)) {
        return c;
      }
    }
    throw new IllegalArgumentException("a tree of a class that is not of its ground");
  }

  private int[][] members(int c) {
    IndexedProblem problem = ground.problem;
    List<List<Integer>> at = new ArrayList<>();
    for (int l = 0; l < problem.locations(); l++) {
      at.add(new ArrayList<>());
    }
    for (int[] hosts : new int[][] {roots[c], placed[c]}) {
      for (int h : hosts) {
        at.get(problem.location[h]).add(h);
      }
    }
    return at.stream().map(l -> l.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
  }

  /** Those who need it, and relays. */
  private int[] placed(BlockClass c) {
    return IntStream.range(0, mayRelay.length)
        .filter(
            h ->
                Arrays.binarySearch(c.needers(), h) >= 0
                    || (mayRelay[h] && Arrays.binarySearch(c.possessors(), h) < 0))
        .toArray();
  }

  /** The trees that this terrain is for, as a forest. */
  Forest plant(List<Tree> trees) {
    List<Place> places = new ArrayList<>();
    for (int t = 0; t < trees.size(); t++) {
      Feeder[] feeder = new Feeder[feeders.size()];
      trees.get(t).edges.forEach(e -> feeder[e.to()] = feeders.get(e.from()));
      for (int h : placed[classOf[t]]) {
        Place place = new Place(places.size(), t, h, !needs(t, h));
        place.feedFrom(feeder[h]);
        places.add(place);
      }
    }
    return new Forest(this, places);
  }

  /** The numbers of a tree's places: the first, and the one after the last. */
  int[] placesOf(int tree) {
    return new int[] {firstPlace[tree], firstPlace[tree + 1]};
  }

  /** A host's place in a tree, or null where it has none. */
  @Nullable Place place(List<Place> places, int tree, int host) {
    int i = placeOf[classOf[tree]][host];
    return i == 0 ? null : places.get(firstPlace[tree] + i - 1);
  }

  TreeGround ground() {
    return ground;
  }

  IndexedProblem problem() {
    return ground.problem;
  }

  int trees() {
    return rate.length;
  }

  List<Feeder> feeders() {
    return feeders;
  }

  int classOf(int tree) {
    return classOf[tree];
  }

  BlockClass blocks(int tree) {
    return ground.classes.get(classOf[tree]);
  }

  /** Units of a tree's rate. */
  long rate(int tree) {
    return rate[tree];
  }

  /** What part of its class's rate a tree has. */
  double share(int tree) {
    return share[tree];
  }

  /** Units of rate that a resource can carry. */
  double capacity(int resource) {
    return capacity[resource];
  }

  int[] roots(int tree) {
    return roots[classOf[tree]];
  }

  boolean isRoot(int tree, int host) {
    return isRoot[classOf[tree]][host];
  }

  /** Whether the blocks of a tree are for a host. */
  boolean needs(int tree, int host) {
    return needs[classOf[tree]][host];
  }

  /** Whether there is a host that trees can do without. */
  boolean anyRelay() {
    for (int c : classOf) {
      if (placed[c].length > ground.classes.get(c).needers().length) {
        return true;
      }
    }
    return false;
  }

  /** Whether money counts. */
  boolean costs() {
    return ground.problem.problem.objective().cost() > 0;
  }

  /** Hosts at a location that can be in a tree. */
  int[] members(int tree, int location) {
    return members[classOf[tree]][location];
  }

  /** To how many hosts a host may send at the same time. */
  int mostReceivers() {
    return config.mostReceivers();
  }

  /** What a level of the mean host counts beside one of the deepest. */
  double meanLevel() {
    return config.meanLevel();
  }

  double sharpness() {
    return sharpness;
  }

  Outlook outlook() {
    return outlook;
  }

  /** The score of the trees at the beginning, to measure others by; above 0. */
  double scale() {
    return scale;
  }

  /** To be called now and then while the round runs, so that it can be ended. */
  void pulse() {
    pulse.run();
  }
}
