package dev.waybill.benchmarks.wan;

import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.runtime.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows that Waybill itself keeps to the capacities of the network file: it distributes a file on
 * networks whose interfaces nobody shapes, and what goes over every resource is measured.
 */
public final class UnshapedRuns {
  private static final long SEED = 2;
  private static final double TIMEOUT_OVER_BOUND = 4;

  private UnshapedRuns() {}

  /**
   * What went over one resource in one run.
   *
   * @param stated bytes per second of the network file
   * @param mostInASecond the most bytes that went over it in any second
   * @param bytes that went over it altogether
   */
  public record Measured(
      String topology,
      String contestant,
      String resource,
      double stated,
      double mostInASecond,
      long bytes) {
    /** Of what is stated, 1 where it is all of it. */
    public double share() {
      return mostInASecond / stated;
    }
  }

  /**
   * @param size of the file in bytes
   * @param report the folder for {@code pacing.md}
   * @param waybill the launcher's path
   */
  public static List<Measured> run(long size, Path report, String waybill)
      throws IOException, InterruptedException {
    Path work = Scratch.folder("waybill-unshaped");
    List<Measured> all = new ArrayList<>();
    try {
      Path file = Scratch.random(work.resolve("original"), size, SEED);
      for (WanTopology topology : WanTopology.all()) {
        for (Contestant contestant : Contestant.ours()) {
          Path folder = Files.createDirectories(work.resolve("run"));
          all.addAll(run(topology, contestant, file, folder, waybill));
          ScratchFolder.delete(folder);
        }
      }
    } finally {
      ScratchFolder.delete(work);
    }
    Files.createDirectories(report);
    Files.writeString(report.resolve("pacing.md"), table(all));
    System.out.println(table(all));
    return all;
  }

  private static List<Measured> run(
      WanTopology topology, Contestant contestant, Path file, Path folder, String waybill)
      throws IOException, InterruptedException {
    double timeout = TIMEOUT_OVER_BOUND * topology.boundSeconds(Files.size(file));
    try (EmulatedWan wan = EmulatedWan.unshaped(topology);
        WireMeter meter = new WireMeter(wan)) {
      Race.Result unused = new Race(wan, contestant, file, folder, waybill, timeout).run();
      Map<String, Double> most = meter.mostInASecond();
      Map<String, Long> bytes = meter.bytes();
      return topology.network().resources().values().stream()
          .map(
              r ->
                  new Measured(
                      topology.name(),
                      contestant.name(),
                      r.id(),
                      r.capacity().bytesPerSecond(),
                      most.getOrDefault(r.id(), Double.NaN),
                      bytes.getOrDefault(r.id(), 0L)))
          .toList();
    }
  }

  private static String table(List<Measured> all) {
    StringBuilder text = new StringBuilder();
    text.append("| topology | system | resources | most in a second of any | of which |\n");
    text.append("|---|---|---|---|---|\n");
    for (WanTopology t : WanTopology.all()) {
      for (Contestant c : Contestant.ours()) {
        List<Measured> of =
            all.stream()
                .filter(m -> m.topology.equals(t.name()) && m.contestant.equals(c.name()))
                .toList();
        Measured worst =
            of.stream()
                .max((a, b) -> Double.compare(a.share(), b.share()))
                .orElseThrow(IllegalStateException::new);
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.3f x what is stated | %s |%n",
                t.name(),
                c.name(),
                of.size(),
                worst.share(),
                worst.resource));
      }
    }
    return text.toString();
  }
}
