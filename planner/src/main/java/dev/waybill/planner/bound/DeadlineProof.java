package dev.waybill.planner.bound;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The planner's proof that no schedule whatever meets some deadlines.
 *
 * @param demands which demands; one, or several that could be met in time one by one, but not all
 *     of them
 * @param deadline seconds by which they should be met
 * @param atLeast seconds before which not all of them can be met
 * @param because why, for people
 */
public record DeadlineProof(List<Demand> demands, double deadline, double atLeast, String because) {
  /** Distinct deadlines for which demands are looked at together. */
  private static final int MOST_DEADLINES = 8;

  private static final double ROUNDING = 1e-9;

  public DeadlineProof {
    demands = List.copyOf(demands);
    if (demands.isEmpty()) {
      throw new IllegalArgumentException("a proof about no demand");
    }
    if (!(atLeast > deadline)) {
      throw new IllegalArgumentException(atLeast + " s are in time for " + deadline + " s");
    }
  }

  /** Every demand that can't be met in time on its own, then those that can't be together. */
  public static List<DeadlineProof> of(IndexedProblem problem) {
    List<Demand> demands = problem.problem.demands();
    List<DeadlineProof> proofs = new ArrayList<>();
    if (demands.stream().allMatch(d -> d.deadline() == null)) {
      return proofs;
    }
    Set<Demand> late = new HashSet<>();
    Completions completions =
        new Completions(problem, new FreeCapacity(problem), BlockClass.of(problem));
    for (int i = 0; i < demands.size(); i++) {
      Demand d = demands.get(i);
      double atLeast = completions.seconds()[i];
      if (d.deadline() != null && isAfter(atLeast, d.deadline())) {
        proofs.add(new DeadlineProof(List.of(d), d.deadline(), atLeast, completions.because(i)));
        late.add(d);
      }
    }
    for (double deadline : deadlines(demands)) {
      List<Demand> due = due(demands, deadline);
      if (due.size() > 1 && due.stream().noneMatch(late::contains)) {
        Bound bound = LowerBound.of(alone(problem.problem, due));
        if (isAfter(bound.seconds(), deadline)) {
          proofs.add(new DeadlineProof(due, deadline, bound.seconds(), bound.because()));
          late.addAll(due);
        }
      }
    }
    return proofs;
  }

  private static boolean isAfter(double atLeast, double deadline) {
    return atLeast > deadline * (1 + ROUNDING) + ROUNDING;
  }

  /** Distinct deadlines, ascending; of many, some. */
  private static double[] deadlines(List<Demand> demands) {
    double[] all =
        demands.stream()
            .map(Demand::deadline)
            .filter(Objects::nonNull)
            .mapToDouble(d -> d)
            .sorted()
            .distinct()
            .toArray();
    int step = 1 + (all.length - 1) / MOST_DEADLINES;
    List<Double> some = new ArrayList<>();
    for (int i = all.length - 1; i >= 0; i -= step) {
      some.add(0, all[i]);
    }
    return some.stream().mapToDouble(d -> d).toArray();
  }

  private static List<Demand> due(List<Demand> demands, double deadline) {
    return demands.stream().filter(d -> d.deadline() != null && d.deadline() <= deadline).toList();
  }

  /**
   * The problem with these demands alone. Others may still be sent what they demand, and more: they
   * become relays, so that no schedule of the whole problem is lost.
   */
  private static Problem alone(Problem problem, List<Demand> due) {
    Set<Demand> kept = new HashSet<>(due);
    Set<String> relays = new HashSet<>();
    for (Demand d : problem.demands()) {
      if (!kept.contains(d)) {
        relays.add(d.host());
      }
    }
    Network network = problem.network();
    List<Host> hosts =
        network.hosts().values().stream()
            .map(
                h ->
                    relays.contains(h.id())
                        ? new Host(
                            h.id(),
                            h.location(),
                            h.egress(),
                            h.ingress(),
                            true,
                            h.storage(),
                            h.address())
                        : h)
            .toList();
    return new Problem(
        problem.name(),
        problem.description(),
        new Network(List.copyOf(network.resources().values()), List.copyOf(network.paths()), hosts),
        List.copyOf(problem.files().values()),
        problem.holdings(),
        problem.generations(),
        problem.inProgress(),
        due,
        problem.objective());
  }
}
