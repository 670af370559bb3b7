package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes the trees out of a forest of the OptaPlanner solver, without relays that feed nobody. */
final class Harvest {
  private Harvest() {}

  /** The trees, with the rates of the terrain; of a forest that breaks no rule. */
  static List<Tree> of(Forest forest, List<Tree> planted) {
    Terrain terrain = forest.terrain();
    IndexedProblem problem = terrain.problem();
    List<Tree> trees = new ArrayList<>();
    for (int t = 0; t < terrain.trees(); t++) {
      List<List<Integer>> receivers = new ArrayList<>();
      for (int h = 0; h < problem.hosts(); h++) {
        receivers.add(new ArrayList<>());
      }
      int[] range = terrain.placesOf(t);
      for (Place p : forest.places().subList(range[0], range[1])) {
        Feeder from = p.feeder();
        if (from != null) {
          receivers.get(from.host()).add(p.host());
        }
      }
      List<Tree.Edge> edges = edges(problem, terrain.roots(t), receivers);
      BlockClass c = terrain.blocks(t);
      trees.add(new Tree(c, planted.get(t).rate, Tree.useful(c, edges)));
    }
    return trees;
  }

  private static List<Tree.Edge> edges(
      IndexedProblem problem, int[] roots, List<List<Integer>> receivers) {
    int[] depth = new int[problem.hosts()];
    List<Tree.Edge> edges = new ArrayList<>();
    Deque<Integer> waiting = new ArrayDeque<>();
    for (int root : roots) {
      waiting.add(root);
    }
    while (!waiting.isEmpty()) {
      int from = waiting.remove();
      for (int to : receivers.get(from)) {
        int[] way = problem.way(from, to);
        if (way == null) {
          throw new IllegalStateException("no way from host " + from + " to " + to);
        }
        depth[to] = depth[from] + 1;
        edges.add(new Tree.Edge(from, to, way, depth[to]));
        waiting.add(to);
      }
    }
    return edges;
  }
}
