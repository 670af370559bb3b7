package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.mip.Terrain.Arc;
import dev.waybill.planner.solve.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree that the MIP solver may send a class's blocks over.
 *
 * @param terrain index of the class's terrain
 * @param tree at no particular rate
 * @param cost of sending the whole class over it
 * @param key what tells it from others of its class
 */
record Column(int terrain, Tree tree, double cost, Set<List<Integer>> key) {
  /** Of arcs in an order in which whoever sends has received. */
  static Column of(int terrain, Terrain of, List<Arc> arcs) {
    Map<Integer, Integer> depth = new HashMap<>();
    List<Tree.Edge> edges = new ArrayList<>();
    Set<List<Integer>> key = new HashSet<>();
    double costPerByte = 0;
    for (Arc arc : arcs) {
      int level = depth.getOrDefault(arc.from(), 0) + 1;
      depth.put(arc.to(), level);
      edges.add(new Tree.Edge(arc.from(), arc.to(), arc.way(), level));
      key.add(List.of(arc.from(), arc.to()));
      costPerByte += arc.costPerByte();
    }
    return new Column(
        terrain, new Tree(of.blocks(), 1, edges), costPerByte * of.blocks().bytes(), key);
  }
}
