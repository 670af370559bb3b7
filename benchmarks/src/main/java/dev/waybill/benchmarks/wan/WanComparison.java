package dev.waybill.benchmarks.wan;

import dev.waybill.benchmarks.compare.Spread;
import dev.waybill.benchmarks.machine.Processes;
import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.model.json.Messages;
import dev.waybill.runtime.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of the benchmarks with other systems: every contestant on every emulated network,
 * several runs each, interleaved, so that a noisy minute meets all of them. Prints a table with
 * each one's median time over the proven least and its processor time, and writes it to a folder.
 */
public final class WanComparison {
  private static final long SEED = 1;

  private static final double TIMEOUT_OVER_BOUND = 12;

  private final long size;
  private final int runs;
  private final Path work;
  private final String waybill;

  private WanComparison(long size, int runs, Path work, String waybill) {
    this.size = size;
    this.runs = runs;
    this.work = work;
    this.waybill = waybill;
  }

  /**
   * One cell of the table.
   *
   * @param ratio median time over the least that any system takes; null where no run came to its
   *     end
   * @param cpuSecondsPerGib median, over the bytes that all receivers got
   * @param problem of the last run that failed; null where none did
   */
  public record Cell(
      String topology,
      String contestant,
      double boundSeconds,
      List<Double> seconds,
      @Nullable Double ratio,
      @Nullable Double cpuSecondsPerGib,
      @Nullable String problem) {}

  /**
   * @param args MiB of the file, runs of each, the folder for the result, the launcher's path
   */
  public static void main(String[] args) throws Exception {
    long size = Long.parseLong(args[0]) << 20;
    run(size, Integer.parseInt(args[1]), Set.of(), Path.of(args[2]), args[3]);
  }

  /**
   * @param size of the file in bytes
   * @param without the names of contestants and networks that are left out
   * @param report the folder for {@code wan.md} and {@code wan.json}
   * @param waybill the launcher's path
   * @throws IllegalArgumentException where {@code without} names what there is not
   */
  public static List<Cell> run(
      long size, int runs, Set<String> without, Path report, String waybill)
      throws IOException, InterruptedException {
    requireKnown(without);
    Path work = Scratch.folder("waybill-wan");
    try {
      List<Cell> cells = new WanComparison(size, runs, work, waybill).compare(without);
      Files.createDirectories(report);
      Files.writeString(report.resolve("wan.md"), table(cells));
      Files.write(report.resolve("wan.json"), Messages.write(cells));
      System.out.println(table(cells));
      return cells;
    } finally {
      ScratchFolder.delete(work);
    }
  }

  private static void requireKnown(Set<String> names) {
    Set<String> known = new TreeSet<>();
    Contestant.all().forEach(c -> known.add(c.name()));
    WanTopology.all().forEach(t -> known.add(t.name()));
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("'%s' is none of %s".formatted(name, known));
      }
    }
  }

  private List<Cell> compare(Set<String> without) throws IOException, InterruptedException {
    Path file = Scratch.random(work.resolve("original"), size, SEED);
    warmUp();
    List<Contestant> here = new ArrayList<>();
    for (Contestant c : Contestant.all()) {
      if (without.contains(c.name())) {
        continue;
      }
      if (isThere(c)) {
        here.add(c);
      } else {
        System.out.println(c.name() + " is left out; it takes: " + c.check());
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (WanTopology topology : WanTopology.all()) {
      if (!without.contains(topology.name())) {
        cells.addAll(compareOn(topology, here, file));
      }
    }
    return cells;
  }

  private List<Cell> compareOn(WanTopology topology, List<Contestant> contestants, Path file)
      throws IOException, InterruptedException {
    double bound = topology.boundSeconds(size);
    List<List<Race.Result>> results = new ArrayList<>();
    List<@Nullable String> problems = new ArrayList<>();
    for (Contestant unused : contestants) {
      results.add(new ArrayList<>());
      problems.add(null);
    }
    for (int run = 0; run < runs; run++) {
      for (int c = 0; c < contestants.size(); c++) {
        Contestant contestant = contestants.get(c);
        Path folder = Files.createDirectories(work.resolve("run"));
        String how;
        try (EmulatedWan wan = EmulatedWan.of(topology)) {
          Race race = new Race(wan, contestant, file, folder, waybill, TIMEOUT_OVER_BOUND * bound);
          Race.Result result = race.run();
          results.get(c).add(result);
          how =
              String.format(
                  Locale.ROOT,
                  "%.2f s, %.3f x the least",
                  result.seconds(),
                  result.seconds() / bound);
        } catch (IOException e) {
          problems.set(c, e.getMessage());
          how = e.getMessage();
        }
        ScratchFolder.delete(folder);
        System.out.printf(
            Locale.ROOT,
            "%s, run %d of %d, %s: %s%n",
            topology.name(),
            run + 1,
            runs,
            contestant.name(),
            how);
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (int c = 0; c < contestants.size(); c++) {
      cells.add(cell(topology, contestants.get(c), bound, results.get(c), problems.get(c)));
    }
    return cells;
  }

  private Cell cell(
      WanTopology topology,
      Contestant contestant,
      double bound,
      List<Race.Result> results,
      @Nullable String problem) {
    Spread time = Spread.ofAll(results, Race.Result::seconds);
    Spread cpu = Spread.ofAll(results, Race.Result::cpuSeconds);
    double gib = size * (topology.hosts().size() - 1.0) / (1L << 30);
    return new Cell(
        topology.name(),
        contestant.name(),
        bound,
        results.stream().map(Race.Result::seconds).toList(),
        time == null ? null : time.median() / bound,
        cpu == null ? null : cpu.median() / gib,
        problem);
  }

  private static String table(List<Cell> cells) {
    StringBuilder text = new StringBuilder();
    text.append("| topology | system | least | median | x least | CPU s / GiB |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Cell c : cells) {
      Double ratio = c.ratio;
      Double cpu = c.cpuSecondsPerGib;
      text.append(
          ratio == null || cpu == null
              ? "| %s | %s | %.1f s | %s | | |%n"
                  .formatted(c.topology, c.contestant, c.boundSeconds, c.problem)
              : String.format(
                  Locale.ROOT,
                  "| %s | %s | %.1f s | %.1f s | %.3f | %.1f |%n",
                  c.topology,
                  c.contestant,
                  c.boundSeconds,
                  ratio * c.boundSeconds,
                  ratio,
                  cpu));
    }
    return text.toString();
  }

  /** After a build, the first start of each role makes its archive of classes. */
  private void warmUp() throws IOException, InterruptedException {
    int status = Processes.statusOf(waybill, "demo", "--hosts", "2", "--size", "16777216");
    if (status != 0) {
      throw new IOException(waybill + " demo ended with status " + status);
    }
  }

  private static boolean isThere(Contestant c) throws IOException, InterruptedException {
    return Processes.statusOf("/bin/sh", "-c", c.check()) == 0;
  }
}
