package dev.waybill.benchmarks.kernels;

import dev.waybill.model.protocol.Orders;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the master's core takes to answer a host's report: what the report says is taken in, and
 * the orders that it makes possible are selected from the schedule in force. A report of each host
 * in turn, all through a distribution; a mean says little of such, so that percentiles are measured
 * too.
 */
@BenchmarkMode(Mode.SampleTime)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 4)
public class ReportBenchmark extends Kernel {
  /** In sites of 100. */
  @Param("2000")
  int hosts;

  private ReportedTo master = new ReportedTo(2);

  @Setup
  public void plan() {
    master = new ReportedTo(hosts);
  }

  /** What the hosts do meanwhile is not measured. */
  @Setup(Level.Invocation)
  public void nextHost() {
    master.nextHost();
  }

  @Benchmark
  public Optional<Orders> answer() {
    return master.answer();
  }
}
