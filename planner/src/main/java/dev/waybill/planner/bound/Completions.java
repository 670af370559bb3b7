package dev.waybill.planner.bound;

import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * For each demand of a planner's problem a proven lower bound on when it is met, were it the only
 * one. The same arguments as for the makespan, for one host and one file: what the host lacks comes
 * in through each of its ingress resources, leaves its possessors once, leaves and enters locations
 * once, comes over as many hops as there are, and no sooner than it exists.
 */
final class Completions {
  private final IndexedProblem problem;
  private final FreeCapacity free;
  private final double[] seconds;
  private final List<Supplier<String>> because;

  /** By file and host: index of the demand. */
  private final int[][] demandOf;

  Completions(IndexedProblem problem, FreeCapacity free, List<BlockClass> classes) {
    this.problem = problem;
    this.free = free;
    int n = problem.demandHost.length;
    seconds = new double[n];
    because = new ArrayList<>(n);
    demandOf = new int[problem.layouts.length][];
    for (int d = 0; d < n; d++) {
      because.add(() -> "it is met already");
      int f = problem.demandFile[d];
      if (demandOf[f] == null) {
        demandOf[f] = new int[problem.hosts()];
        Arrays.fill(demandOf[f], n);
      }
      demandOf[f][problem.demandHost[d]] = d;
    }
    arriving();
    receiving();
    classes.forEach(this::sending);
    new DemandLocations(problem, free, classes).raise(this);
    RouteCuts.raise(problem, classes, this);
  }

  /** By demand, in the problem's order. */
  double[] seconds() {
    return seconds;
  }

  String because(int demand) {
    return because.get(demand).get();
  }

  /** Whether {@code host} demands {@code file}. */
  boolean demands(int file, int host) {
    return demandOf[file] != null && demandOf[file][host] < seconds.length;
  }

  /** Notes that {@code host} can't have all of {@code file} before {@code atLeast}. */
  void raise(int file, int host, double atLeast, Supplier<String> reason) {
    int demand = demandOf[file][host];
    if (demand < seconds.length && atLeast > seconds[demand]) {
      seconds[demand] = atLeast;
      because.set(demand, reason);
    }
  }

  /** What comes to a host by itself, it has to wait for. */
  private void arriving() {
    for (Run run : problem.runs) {
      for (Arrival a : run.arrivals()) {
        if (demands(run.file(), a.host())) {
          raise(
              run.file(),
              a.host(),
              a.heldAt(problem.layouts[run.file()], run.last()),
              () -> "blocks are being made there or are under way to it");
        }
      }
      if (run.holders().length == 0 && !run.arrivals().isEmpty()) {
        double exists =
            run.arrivals().stream()
                .mapToDouble(a -> a.heldAt(problem.layouts[run.file()], run.last()))
                .min()
                .orElse(0);
        double last = problem.layouts[run.file()].length(run.last());
        for (int h : run.needers()) {
          raise(
              run.file(),
              h,
              Math.max(0, exists) + last / problem.minCapacity(problem.ingress[h]),
              () -> "a block that it needs has yet to come into being elsewhere");
        }
      }
    }
  }

  private void receiving() {
    double[] needed = new double[seconds.length];
    for (Run run : problem.runs) {
      for (int h : run.needers()) {
        needed[demandOf[run.file()][h]] += run.bytes();
      }
    }
    for (int d = 0; d < needed.length; d++) {
      int host = problem.demandHost[d];
      for (int r : problem.ingress[host]) {
        raise(
            problem.demandFile[d],
            host,
            free.earliest(new int[] {r}, needed[d]),
            () -> "all that it lacks comes in through " + problem.resourceIds[r]);
      }
    }
  }

  private void sending(BlockClass c) {
    int[] covering =
        Covering.of(
            problem, Arrays.stream(c.possessors()).mapToObj(h -> problem.egress[h]).toList());
    if (covering.length > 0) {
      double atLeast = free.earliest(covering, (double) c.bytes());
      for (int h : c.needers()) {
        raise(
            c.file(),
            h,
            atLeast,
            () -> "what only " + SourceCuts.who(problem, c) + " can give has to leave once");
      }
    }
  }
}
