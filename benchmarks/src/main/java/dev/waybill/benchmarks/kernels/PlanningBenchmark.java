package dev.waybill.benchmarks.kernels;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.packing.FractionalPacking;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.greedy.GreedySolver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a planning run spends its time on: indexing, the bound, pricing, the list scheduler, the
 * trees.
 */
public class PlanningBenchmark extends Kernel {
  /** In sites of 20. */
  @Param({"200", "1000"})
  int hosts;

  private Problem problem = Sites.problem(2, 1);
  private IndexedProblem indexed = new IndexedProblem(problem);
  private final Solver list = new GreedySolver(GreedyParts.alone(64));
  private final Solver trees = new GreedySolver(GreedyParts.treesAlone(4));

  @Setup
  public void prepare() {
    problem = Sites.problem(hosts, 512);
    indexed = new IndexedProblem(problem);
  }

  @Benchmark
  public IndexedProblem index() {
    return new IndexedProblem(problem);
  }

  @Benchmark
  public Bound bound() {
    return LowerBound.of(indexed);
  }

  /** The whole column generation: pricing of trees and linear programs in turn. */
  @Benchmark
  public FractionalPacking price() {
    return FractionalPacking.of(indexed);
  }

  /** With what goes before: indexing, reachability, the bound. */
  @Benchmark
  public Solution listSchedule() {
    return list.solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
  }

  /** Likewise, and with the list scheduler on whole files, which ends the greedy search. */
  @Benchmark
  public Solution packTrees() {
    return trees.solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
  }
}
