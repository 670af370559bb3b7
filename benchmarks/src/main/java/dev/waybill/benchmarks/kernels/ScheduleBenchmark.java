package dev.waybill.benchmarks.kernels;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.greedy.GreedySolver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What happens to a schedule once it is made: the checker, and both formats. */
public class ScheduleBenchmark extends Kernel {
  /** In sites of 20. */
  @Param({"200", "1000"})
  int hosts;

  private Problem problem = Sites.problem(2, 1);
  private Schedule schedule = new Schedule("", "", 0, 0, 0, 0, 0, List.of());
  private byte[] instanceJson = {};
  private byte[] scheduleJson = {};

  @Setup
  public void plan() throws IOException {
    problem = Sites.problem(hosts, 512);
    Solution solution =
        new GreedySolver(GreedyParts.alone(64))
            .solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
    schedule = ((Solution.Planned) solution).schedule();
    instanceJson = bytes(out -> InstanceFormat.write(problem, out));
    scheduleJson = bytes(out -> ScheduleFormat.write(schedule, out));
  }

  private interface Body {
    void write(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] bytes(Body body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.write(out);
    return out.toByteArray();
  }

  @Benchmark
  public Verdict check() {
    return ScheduleChecker.check(problem, schedule);
  }

  @Benchmark
  public Problem readInstance() throws IOException, FormatException {
    return InstanceFormat.read(new ByteArrayInputStream(instanceJson), "instance");
  }

  @Benchmark
  public byte[] writeInstance() throws IOException {
    return bytes(out -> InstanceFormat.write(problem, out));
  }

  @Benchmark
  public Schedule readSchedule() throws IOException, FormatException {
    return ScheduleFormat.read(new ByteArrayInputStream(scheduleJson), "schedule", problem);
  }

  @Benchmark
  public byte[] writeSchedule() throws IOException {
    return bytes(out -> ScheduleFormat.write(schedule, out));
  }
}
