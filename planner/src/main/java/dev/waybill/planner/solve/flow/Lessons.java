package dev.waybill.planner.solve.flow;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.tree.Capacity;
import dev.waybill.planner.solve.tree.KnownTrees;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the flow solver takes from earlier planning runs on the same ground, and what it learns for
 * later ones, from schedules of whichever solver: the trees that they consist of.
 */
public final class Lessons {
  /** Trees of bigger networks are not kept, for the memory that they take. */
  private static final int MOST_HOSTS = 300;

  private static final int MOST_TREES = 8;

  private final KnownTrees known;
  private final IndexedProblem problem;
  private final Cargo cargo;
  private final KnownTrees.Ground ground;

  private Lessons(KnownTrees known, IndexedProblem problem, Cargo cargo) {
    this.known = known;
    this.problem = problem;
    this.cargo = cargo;
    double[] capacity = Capacity.beside(problem);
    ground = KnownTrees.ground(problem, capacity, cargo.roots(), cargo.needers());
  }

  /** Null where runs are for themselves, or there is not one cargo with its roots. */
  static @Nullable Lessons on(Task task, List<Cargo> cargoes) {
    KnownTrees known = keptFor(task);
    return known == null || cargoes.size() != 1 || cargoes.get(0).roots().length == 0
        ? null
        : new Lessons(known, task.indexed(), cargoes.get(0));
  }

  private static @Nullable KnownTrees keptFor(Task task) {
    KnownTrees known = task.knownTrees();
    return known == null || task.indexed().hosts() > MOST_HOSTS ? null : known;
  }

  /** What earlier runs have found best here; null where there were none. */
  KnownTrees.@Nullable Start start() {
    return known.find(ground, cargo.representative(), cargo.blocks());
  }

  /**
   * Adds what a search has come to.
   *
   * @param makespan of the trees, in seconds
   * @param seconds that the search has taken
   */
  void learn(List<Tree> trees, double makespan, double seconds) {
    known.learn(ground, trees, cargo.blocks(), makespan, seconds);
  }

  /**
   * Adds the trees of a run's best schedule, where each range of its blocks goes everywhere over
   * one tree. The seconds of the run are those of its searches.
   */
  public static void learn(Task task, Schedule schedule) {
    if (keptFor(task) == null) {
      return;
    }
    Lessons lessons = on(task, Cargo.of(task.indexed(), BlockClass.of(task.indexed())));
    List<Tree> trees = lessons == null ? List.of() : lessons.trees(schedule.copies());
    if (lessons != null && !trees.isEmpty()) {
      lessons.learn(trees, schedule.makespan(), 0);
    }
  }

  /** Empty where they are not all trees. */
  private List<Tree> trees(List<Copy> copies) {
    Map<Integer, List<Copy>> byFirst = new TreeMap<>();
    copies.forEach(c -> byFirst.computeIfAbsent(c.first(), f -> new ArrayList<>()).add(c));
    if (byFirst.size() > MOST_TREES) {
      return List.of();
    }
    Map<String, Integer> hosts = new HashMap<>();
    for (int h = 0; h < problem.hosts(); h++) {
      hosts.put(problem.hostIds[h], h);
    }
    List<Tree> trees = new ArrayList<>();
    for (List<Copy> range : byFirst.values()) {
      List<Tree.Edge> edges = edges(range, hosts);
      if (edges == null) {
        return List.of();
      }
      double rate = range.stream().mapToDouble(Copy::rate).min().orElse(0);
      trees.add(new Tree(cargo.representative(), rate, edges));
    }
    return trees;
  }

  /** From the roots on; null where they are no tree to all needers. */
  private @Nullable List<Tree.Edge> edges(List<Copy> range, Map<String, Integer> hosts) {
    Map<Integer, List<Integer>> children = new HashMap<>();
    for (Copy c : range) {
      if (c.last() != range.get(0).last()) {
        return null;
      }
      children.computeIfAbsent(hosts.get(c.from()), h -> new ArrayList<>()).add(hosts.get(c.to()));
    }
    int[] depth = new int[problem.hosts()];
    Arrays.fill(depth, -1);
    Deque<Integer> next = new ArrayDeque<>();
    for (int root : cargo.roots()) {
      depth[root] = 0;
      next.add(root);
    }
    List<Tree.Edge> edges = new ArrayList<>();
    while (!next.isEmpty()) {
      int from = next.remove();
      for (int to : children.getOrDefault(from, List.of())) {
        int[] way = problem.way(from, to);
        if (depth[to] >= 0 || way == null) {
          return null;
        }
        depth[to] = depth[from] + 1;
        edges.add(new Tree.Edge(from, to, way, depth[to]));
        next.add(to);
      }
    }
    boolean everywhere = Arrays.stream(cargo.needers()).allMatch(h -> depth[h] >= 0);
    return everywhere && edges.size() == range.size() ? edges : null;
  }
}
