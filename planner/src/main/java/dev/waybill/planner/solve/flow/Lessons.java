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
 * What the flow solver learns from schedules, whichever solver has made them: the trees that they
 * consist of, for later runs to begin with.
 */
public final class Lessons {
  private final IndexedProblem problem;
  private final Cargo cargo;
  private final Map<String, Integer> hosts = new HashMap<>();

  private Lessons(IndexedProblem problem, Cargo cargo) {
    this.problem = problem;
    this.cargo = cargo;
    for (int h = 0; h < problem.hosts(); h++) {
      hosts.put(problem.hostIds[h], h);
    }
  }

  /**
   * Adds the trees of a run's best schedule to what is known, where it has any: one file, of which
   * each range of blocks goes everywhere over one tree.
   *
   * <p>The seconds that the run has taken count where the search for forests ends.
   */
  public static void learn(Task task, Schedule schedule) {
    KnownTrees known = task.knownTrees();
    IndexedProblem problem = task.indexed();
    if (known == null || problem.hosts() > FlowConfig.standard().packedHosts()) {
      return;
    }
    List<Cargo> cargoes = Cargo.of(problem, BlockClass.of(problem));
    if (cargoes.size() != 1 || cargoes.get(0).roots().length == 0) {
      return;
    }
    Cargo cargo = cargoes.get(0);
    List<Tree> trees = new Lessons(problem, cargo).trees(schedule.copies());
    if (trees != null) {
      double[] capacity = Capacity.beside(problem);
      known.learn(
          KnownTrees.ground(problem, capacity, cargo.roots(), cargo.needers()),
          trees,
          cargo.blocks(),
          schedule.makespan(),
          0);
    }
  }

  private @Nullable List<Tree> trees(List<Copy> copies) {
    Map<Integer, List<Copy>> byRange = new TreeMap<>();
    copies.forEach(c -> byRange.computeIfAbsent(c.first(), f -> new ArrayList<>()).add(c));
    if (byRange.size() > FlowConfig.standard().trees()) {
      return null;
    }
    List<Tree> trees = new ArrayList<>();
    for (List<Copy> range : byRange.values()) {
      List<Tree.Edge> edges = edges(range);
      if (edges == null) {
        return null;
      }
      double rate = range.stream().mapToDouble(Copy::rate).min().orElse(0);
      trees.add(new Tree(cargo.representative(), rate, edges));
    }
    return trees.isEmpty() ? null : trees;
  }

  /** From the roots on; null where they are no tree to all needers. */
  private @Nullable List<Tree.Edge> edges(List<Copy> range) {
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
