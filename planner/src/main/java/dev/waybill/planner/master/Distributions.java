package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.LowerBound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How each version's distribution compares with its plan and its limit: at least, planned, so far.
 * The clock of a distribution starts when its version is both published and demanded.
 */
final class Distributions {
  private final Map<FileId, Distribution> byFile = new HashMap<>();

  /** One version on its way to everybody who is to have it. */
  static final class Distribution {
    private final double startedAt;
    private final Map<String, BlockSet> heldAtStart;
    private @Nullable Double planned;
    private @Nullable Double atLeast;
    private @Nullable Double finishedAt;
    private final Recording recording = new Recording();
    private int lacking;

    Distribution(double startedAt, Map<String, BlockSet> heldAtStart) {
      this.startedAt = startedAt;
      this.heldAtStart = Map.copyOf(heldAtStart);
    }

    /**
     * What the first complete schedule takes from the start, in seconds; null before there is one.
     */
    @Nullable Double planned() {
      return planned;
    }

    /** The proven minimum from the start, in seconds; null before there is one. */
    @Nullable Double atLeast() {
      return atLeast;
    }

    double startedAt() {
      return startedAt;
    }

    boolean isFinished() {
      return finishedAt != null;
    }

    /** How it goes. */
    Recording recording() {
      return recording;
    }

    /** The number of a host that lacked it when it was last looked; any where none did. */
    int lacking() {
      return lacking;
    }

    void lacking(int host) {
      lacking = host;
    }

    double elapsed(double now) {
      return (finishedAt == null ? now : finishedAt) - startedAt;
    }

    /** Whether everybody has it, as of now; the clock stops when it is first so. */
    void finished(boolean done, double now) {
      if (!done) {
        finishedAt = null;
      } else if (finishedAt == null) {
        finishedAt = now;
      }
    }
  }

  @Nullable Distribution find(FileId file) {
    return byFile.get(file);
  }

  /** Notes how a version's distribution goes, where its clock runs. */
  void note(FileId file, Consumer<Recording> what) {
    Distribution d = byFile.get(file);
    if (d != null) {
      what.accept(d.recording);
    }
  }

  /** Starts the clock of a version that is published and demanded, unless it runs. */
  void started(FileId file, Map<String, BlockSet> held, double now) {
    byFile.computeIfAbsent(file, f -> new Distribution(now, held));
  }

  /**
   * Notes the first schedule that covers every block and every demand of a version.
   *
   * @param request the problem that it solves
   * @param completion when the version's last demand is met, in seconds of the problem
   */
  void planned(PlanRequest request, String fileOfProblem, FileVersion version, double completion) {
    Distribution d = byFile.get(version.id());
    if (d == null || d.planned != null) {
      return;
    }
    d.planned = request.askedAt() - d.startedAt + completion;
    d.atLeast = LowerBound.of(fromTheStart(request.problem(), fileOfProblem, version, d)).seconds();
  }

  /** This version alone, as it stood when its clock started, with all its blocks at its origins. */
  private static Problem fromTheStart(
      Problem problem, String file, FileVersion version, Distribution d) {
    FileSpec spec = Objects.requireNonNull(problem.files().get(file), file);
    BlockSet all = Layouts.all(spec.layout());
    List<Holding> holdings = new ArrayList<>();
    for (String host : problem.network().hosts().keySet()) {
      BlockSet held =
          version.origins().contains(host)
              ? all
              : d.heldAtStart.getOrDefault(host, BlockSet.EMPTY).intersection(all);
      if (!held.isEmpty()) {
        holdings.add(new Holding(host, file, held));
      }
    }
    List<Demand> demands = problem.demands().stream().filter(x -> x.file().equals(file)).toList();
    return new Problem(
        problem.name(),
        "",
        problem.network(),
        List.of(spec),
        holdings,
        List.of(),
        List.of(),
        demands,
        Objective.MAKESPAN);
  }
}
