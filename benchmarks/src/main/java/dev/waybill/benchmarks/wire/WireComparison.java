package dev.waybill.benchmarks.wire;

import dev.waybill.benchmarks.compare.Spread;
import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.runtime.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The benchmark of the data plane: one executor sends a file to another over loopback, all of it
 * verified, plain and in TLS, from and to memory; nginx and curl do the same in turn, so that a
 * noisy minute meets all of them. Prints medians: rates, their ratio to plain nginx and curl,
 * processor time, and what executors take of memory.
 */
public final class WireComparison {
  /** No limit that any machine comes to: 100 Gb/s. */
  private static final long SEED = 1;

  private static final double UNLIMITED = 12.5e9;

  /** 1 Gb/s. */
  private static final double PACED = 125e6;

  private final Path folder;
  private final String launcher;
  private final long bytes;
  private final int rounds;
  private final Path served;
  private final Path source;
  private final Map<String, List<Run>> runs = new LinkedHashMap<>();

  private WireComparison(Path folder, String launcher, long bytes, int rounds) throws IOException {
    this.folder = folder;
    this.launcher = launcher;
    this.bytes = bytes;
    this.rounds = rounds;
    this.served = Files.createDirectories(folder.resolve("served"));
    this.source = Scratch.random(served.resolve("source"), bytes, SEED);
  }

  /**
   * @param args the launcher's path, MiB of the file, rounds that count; one more goes before them
   */
  public static void main(String[] args) throws Exception {
    Path folder = Scratch.folder("waybill-wire");
    try {
      WireComparison comparison =
          new WireComparison(
              folder,
              Path.of(args[0]).toAbsolutePath().toString(),
              Long.parseLong(args[1]) << 20,
              Integer.parseInt(args[2]));
      comparison.race();
      comparison.print();
      comparison.memory();
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  private void race() throws IOException, InterruptedException {
    try (WebServer web = WebServer.start(folder.resolve("nginx"), served);
        Pair plain = Pair.start(folder.resolve("plain"), launcher, false, UNLIMITED);
        Pair secure = Pair.start(folder.resolve("tls"), launcher, true, UNLIMITED)) {
      for (int round = 0; round <= rounds; round++) {
        took("nginx, curl", round, web.fetch(source, false));
        took("waybill", round, plain.send(source));
        took("nginx, curl, TLS", round, web.fetch(source, true));
        took("waybill, TLS", round, secure.send(source));
      }
    }
  }

  /** The first round warms up. */
  private void took(String who, int round, Run run) {
    System.err.printf(
        Locale.ROOT,
        "round %d, %s: %.0f MB/s (%.0f with planning)%n",
        round,
        who,
        bytes / 1e6 / run.seconds(),
        bytes / 1e6 / run.requestSeconds());
    if (round > 0) {
      runs.computeIfAbsent(who, w -> new ArrayList<>()).add(run);
    }
  }

  private void print() {
    double reference = median(runs.values().iterator().next(), Run::seconds);
    System.out.println(
        "| | MB/s | with planning | of nginx, curl | sender, CPU s/GiB | receiver, CPU s/GiB |");
    System.out.println("|---|---|---|---|---|---|");
    double gib = bytes / (double) (1L << 30);
    runs.forEach(
        (who, of) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.2f | %.2f |%n",
                who,
                bytes / 1e6 / median(of, Run::seconds),
                bytes / 1e6 / median(of, Run::requestSeconds),
                reference / median(of, Run::seconds),
                median(of, Run::senderSeconds) / gib,
                median(of, Run::receiverSeconds) / gib));
  }

  private static double median(List<Run> of, ToDoubleFunction<Run> figure) {
    return Objects.requireNonNull(Spread.ofAll(of, figure), "no run").median();
  }

  private void memory() throws IOException, InterruptedException {
    for (boolean secure : new boolean[] {false, true}) {
      Path of = folder.resolve(secure ? "paced-tls" : "paced");
      try (Pair pair = Pair.start(of, launcher, secure, PACED)) {
        long atRest = pair.residentBytes();
        long moving = pair.residentBytesWhileSending(source);
        System.out.printf(
            Locale.ROOT,
            "executor%s: resident %.0f MB at rest, at most %.0f MB at 1 Gb/s%n",
            secure ? ", TLS" : "",
            atRest / 1e6,
            moving / 1e6);
      }
    }
  }
}
