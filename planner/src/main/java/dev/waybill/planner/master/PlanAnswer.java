package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.solve.Solution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A solver's answer to a question of the master's core, made ready to be put in force on the thread
 * that made the answer: sorting a schedule of a big network takes longer than a report may wait.
 */
public final class PlanAnswer {
  private final PlanRequest request;
  private final Solution solution;
  private final boolean cached;
  private final List<Traffic.Planned> copies;
  private final WaitingCopies waiting;
  private final Map<String, Double> completions;
  private final double leastAnew;
  private final double lastEnd;

  /**
   * @param cached whether the same problem had been solved before
   */
  public PlanAnswer(PlanRequest request, Solution solution, boolean cached) {
    this.request = request;
    this.solution = solution;
    this.cached = cached;
    boolean used = solution instanceof Solution.Planned && !request.ahead();
    if (used) {
      Schedule schedule = ((Solution.Planned) solution).schedule();
      copies = copies(request, schedule);
      waiting = new WaitingCopies(copies, request.network());
      completions = completions(request, schedule);
      leastAnew = leastAnew(request, schedule.lowerBound());
      lastEnd =
          schedule.copies().stream().mapToDouble(c -> c.end(request.layout(c))).max().orElse(0);
    } else {
      copies = List.of();
      waiting = new WaitingCopies();
      completions = Map.of();
      leastAnew = 0;
      lastEnd = 0;
    }
  }

  PlanRequest request() {
    return request;
  }

  /** What the solver came to; times are from the problem's time 0. */
  public Solution solution() {
    return solution;
  }

  /** Whether the same problem had been solved before. */
  public boolean isCached() {
    return cached;
  }

  /** The copies of the schedule, in their queues; to be put in force once. */
  WaitingCopies waiting(Network network) {
    return network == request.network() ? waiting : new WaitingCopies(copies, network);
  }

  /**
   * When the last demand for each file of the problem is met, in seconds after the problem's time
   * 0.
   */
  Map<String, Double> completions() {
    return completions;
  }

  /**
   * What is proven of every schedule of a whole problem that may also end the copies in progress,
   * in seconds. Of one beside a schedule, its own bound.
   */
  double leastAnew() {
    return leastAnew;
  }

  /**
   * When the last copy of the schedule ends, in seconds after the problem's time 0; 0: it has none.
   */
  double lastEnd() {
    return lastEnd;
  }

  private static double leastAnew(PlanRequest request, double bound) {
    Problem problem = request.problem();
    if (problem.inProgress().isEmpty() || request.kept() != null) {
      return bound;
    }
    return LowerBound.of(problem.with(List.of(), problem.objective())).seconds();
  }

  private static List<Traffic.Planned> copies(PlanRequest request, Schedule schedule) {
    List<Traffic.Planned> planned = new ArrayList<>();
    if (request.kept() != null) {
      planned.addAll(request.kept());
    }
    for (Copy c : schedule.copies()) {
      FileId file = Objects.requireNonNull(request.files().get(c.file()), c.file());
      double start = request.askedAt() + c.start();
      planned.add(
          new Traffic.Planned(file, c.from(), c.to(), c.first(), c.last(), start, c.rate()));
    }
    return planned;
  }

  private static Map<String, Double> completions(PlanRequest request, Schedule schedule) {
    Map<String, Set<String>> demanders = new HashMap<>();
    request
        .problem()
        .demands()
        .forEach(d -> demanders.computeIfAbsent(d.file(), f -> new HashSet<>()).add(d.host()));
    Map<String, Double> ends = new TreeMap<>();
    request.problem().inProgress().forEach(c -> completes(c, request, demanders, ends));
    schedule.copies().forEach(c -> completes(c, request, demanders, ends));
    return ends;
  }

  private static void completes(
      Copy c, PlanRequest request, Map<String, Set<String>> demanders, Map<String, Double> ends) {
    if (demanders.getOrDefault(c.file(), Set.of()).contains(c.to())) {
      ends.merge(c.file(), c.end(request.layout(c)), Math::max);
    }
  }
}
