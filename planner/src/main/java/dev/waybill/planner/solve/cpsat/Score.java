package dev.waybill.planner.solve.cpsat;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.DoubleLinearExpr;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.cpsat.SlotModel.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objective of a model of the CP-SAT solver where it is not the makespan alone: the score of
 * the problem, with times in whole slots.
 */
final class Score {
  private final IndexedProblem problem;
  private final Grid grid;
  private final int horizon;
  private final CpModel model;
  private final List<IntVar> terms = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  Score(Grid grid, int horizon, CpModel model) {
    this.problem = grid.problem();
    this.grid = grid;
    this.horizon = horizon;
    this.model = model;
  }

  /** Has the model minimise it. */
  void minimise(List<Choice> choices) {
    Objective objective = problem.problem.objective();
    IntVar makespan = model.newIntVar(0, horizon, "");
    add(makespan, objective.makespan() * grid.slotSeconds());
    Map<List<Integer>, List<Choice>> receipts = new HashMap<>();
    for (Choice c : choices) {
      receipts
          .computeIfAbsent(
              List.of(c.move().arc().to(), c.move().item().file()), k -> new ArrayList<>())
          .add(c);
      double money = 0;
      for (int r : c.move().arc().way()) {
        money += problem.costPerByte[r];
      }
      add(c.chosen(), objective.cost() * money * c.move().item().bytes());
    }
    for (int d = 0; d < problem.demandHost.length; d++) {
      List<Choice> into =
          receipts.getOrDefault(
              List.of(problem.demandHost[d], problem.demandFile[d]), List.<Choice>of());
      addDemand(problem.problem.demands().get(d), into, makespan);
    }
    double[] factors = weights.stream().mapToDouble(w -> w).toArray();
    model.minimize(new DoubleLinearExpr(terms.toArray(IntVar[]::new), factors, 0));
  }

  private void addDemand(Demand demand, List<Choice> into, IntVar makespan) {
    Map<Integer, LinearExprBuilder> ends = new HashMap<>();
    for (Choice c : into) {
      ends.computeIfAbsent(c.move().item().block(), k -> LinearExpr.newBuilder())
          .addTerm(c.chosen(), c.end());
    }
    if (ends.isEmpty()) {
      return;
    }
    Objective objective = problem.problem.objective();
    IntVar completion = model.newIntVar(0, horizon, "");
    ends.values().forEach(end -> model.addLessOrEqual(end, completion));
    model.addLessOrEqual(completion, makespan);
    add(completion, objective.weightedCompletion() * demand.weight() * grid.slotSeconds());
    if (demand.deadline() != null && objective.lateness() > 0) {
      IntVar late = model.newIntVar(0, horizon, "");
      int inTime = Math.min(horizon, grid.slotsWithin(demand.deadline()));
      model.addLessOrEqual(LinearExpr.newBuilder().add(completion).addTerm(late, -1), inTime);
      add(late, objective.lateness() * demand.weight() * grid.slotSeconds());
    }
  }

  private void add(IntVar term, double weight) {
    if (weight > 0) {
      terms.add(term);
      weights.add(weight);
    }
  }
}
