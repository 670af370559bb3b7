package dev.waybill.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The document of a comparison, {@code waybill-bench/1}: everything but the schedules.
 *
 * @param started when, as in ISO 8601
 * @param seconds how long all of it took
 * @param complete whether every run that was asked for has been made
 */
public record BenchResult(
    String format,
    String waybill,
    String started,
    double seconds,
    boolean complete,
    Machine machine,
    Settings settings,
    List<SolverSummary> solvers,
    List<InstanceResult> instances) {
  /** What the document calls itself. */
  public static final String FORMAT = "waybill-bench/1";

  public BenchResult {
    solvers = List.copyOf(solvers);
    instances = List.copyOf(instances);
  }

  /** Where it ran. */
  public record Machine(String system, String java, int processors, long maxHeapBytes) {
    /** This one. */
    static Machine here() {
      return new Machine(
          System.getProperty("os.name")
              + " "
              + System.getProperty("os.version")
              + " "
              + System.getProperty("os.arch"),
          System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory());
    }
  }

  /**
   * What was asked for.
   *
   * @param seed of the first run; the next ones have the next ones
   * @param ownProcesses whether every run had a JVM of its own
   */
  public record Settings(
      double timeLimitSeconds, double gap, int runs, long seed, boolean ownProcesses) {}

  static List<SolverSummary> summaries(List<InstanceResult> results) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(r -> r.cells().forEach(c -> names.add(c.solver())));
    List<SolverSummary> out = new ArrayList<>();
    names.forEach(n -> out.add(SolverSummary.of(n, results)));
    return out;
  }
}
