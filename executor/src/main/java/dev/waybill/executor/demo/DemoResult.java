package dev.waybill.executor.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstration has measured.
 *
 * @param actualSeconds from the start of the publishing process to the last verified file
 * @param plannedSeconds the makespan of the first complete schedule; null where the master has none
 * @param lowerBoundSeconds the proven minimum; null where the master has none
 * @param differing hosts whose copy is not the source's, by SHA-256
 * @param interfaceBytesPerSecond of every host, each way
 */
public record DemoResult(
    int hosts,
    long bytes,
    double actualSeconds,
    @Nullable Double plannedSeconds,
    @Nullable Double lowerBoundSeconds,
    List<String> differing,
    double interfaceBytesPerSecond) {
  public DemoResult {
    differing = List.copyOf(differing);
  }

  public int verifiedHosts() {
    return hosts - differing.size();
  }
}
