package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.runtime.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of all sizes arrive for many minutes while executors are killed at random ({@code mvn
 * verify -Psoak}): every file arrives everywhere, and what the processes take does not grow.
 */
@Tag("soak")
final class SoakIT {
  private static final long SEED = 20;
  private static final int HOSTS = 10;

  /** h1 makes the files; it and h2 live through, so that what they take can be compared. */
  private static final List<String> LASTING = List.of("master", "h1", "h2");

  private static final int AT_ONCE = 4;
  private static final int ASKED_AT_MOST = 4;

  /** Bytes per second of each: all of them together are what two cores carry. */
  private static final double RATE = 12e6;

  private static final long LARGEST = 1_000_000_000;
  private static final double MINUTES = Double.parseDouble(option("minutes", "20"));
  private static final int FILES = Integer.parseInt(option("files", "200"));

  @TempDir private Path folder;

  private static String option(String name, String otherwise) {
    return System.getProperty("waybill.soak." + name, otherwise);
  }

  @Test
  void everythingArrivesAndNothingGrows() throws Exception {
    Map<String, List<Usage>> used = new LinkedHashMap<>();
    LASTING.forEach(name -> used.put(name, new ArrayList<>()));
    ExecutorService work = Executors.newFixedThreadPool(AT_ONCE + 1);
    try (Cluster cluster = Cluster.start(folder, HOSTS, RATE)) {
      Random random = new Random(SEED);
      long began = System.nanoTime();
      List<Future<?>> arrivals = new ArrayList<>();
      int killed = 0;
      for (int i = 0; i < FILES; i++) {
        long size = i == FILES / 2 ? LARGEST : size(random);
        int number = i;
        arrivals.add(work.submit(() -> distribute(cluster, number, size)));
        double due = (i + 1) * MINUTES * 60 / FILES;
        while (elapsed(began) < due) {
          if (random.nextInt(10) == 0) {
            killAndRestart(cluster, "h" + (3 + random.nextInt(HOSTS - 2)), random);
            killed++;
          }
          for (String name : LASTING) {
            used.get(name).add(Usage.of(cluster.pid(name)));
          }
          TimeUnit.SECONDS.sleep(2);
        }
      }
      for (Future<?> arrival : arrivals) {
        arrival.get();
      }
      System.out.printf("seed %d: %d files, %d kills%n", SEED, FILES, killed);
    } finally {
      work.shutdownNow();
    }
    used.forEach(SoakIT::assertFlat);
  }

  private static double elapsed(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  /** From 1 KB on, most of them small. */
  private static long size(Random random) {
    double u = random.nextDouble();
    return Math.round(1000 * Math.pow(10, 6 * u * u));
  }

  private static void killAndRestart(Cluster cluster, String host, Random random)
      throws IOException, InterruptedException {
    cluster.kill(host);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(3000));
    cluster.startExecutor(host);
  }

  /** Distributes one file, looks at every copy of it, and takes it back: disks are not endless. */
  private Void distribute(Cluster cluster, int number, long size) throws Exception {
    String name = "files/" + number;
    Path source = Scratch.random(folder.resolve("source-" + number), size, number);
    asks(cluster, "demand", "--file", name, "--hosts", "all");
    cluster.does("publish", source.toString(), "--as", name, "--to", "h1");
    Ended arrived = cluster.run("wait", "--file", name, "--timeout", "600");
    assertThat(arrived.status()).as("%s of %d bytes: %s", name, size, arrived).isZero();
    for (int h = 1; h <= HOSTS; h++) {
      cluster.assertSame(source, name, "h" + h);
    }
    asks(cluster, "withdraw", "--file", name);
    Files.delete(source);
    return null;
  }

  /** As a person would: while no master answers in time, on a machine that is busy, once more. */
  private static void asks(Cluster cluster, String command, String... words) throws Exception {
    Ended ended = cluster.run(command, words);
    for (int asked = 1; isUnanswered(ended) && asked < ASKED_AT_MOST; asked++) {
      System.out.println(ended);
      ended = cluster.run(command, words);
      if (ended.status() == ExitStatus.NO.code()) {
        return; // It had been done, only later than was waited for.
      }
    }
    assertThat(ended.status()).as("%s\n%s", ended, cluster.logs()).isZero();
  }

  private static boolean isUnanswered(Ended ended) {
    return ended.status() == ExitStatus.UNREACHABLE.code();
  }

  /** The last third of the time beside the second: in the first, the JVM is still growing. */
  private static void assertFlat(String name, List<Usage> used) {
    int third = used.size() / 3;
    List<Usage> before = used.subList(third, 2 * third);
    List<Usage> after = used.subList(2 * third, used.size());
    Map<String, ToLongFunction<Usage>> kinds = new LinkedHashMap<>();
    kinds.put("KiB resident", Usage::residentKib);
    kinds.put("descriptors", Usage::descriptors);
    kinds.put("threads", Usage::threads);
    kinds.forEach(
        (kind, of) -> {
          long then = median(before, of);
          long now = median(after, of);
          System.out.printf("%s: %d, then %d %s%n", name, then, now, kind);
          assertThat(now)
              .as("%s of %s, at first %d", kind, name, then)
              .isLessThanOrEqualTo(then + then / 5 + 16);
        });
  }

  private static long median(List<Usage> used, ToLongFunction<Usage> of) {
    return used.stream().mapToLong(of).sorted().skip(used.size() / 2).findFirst().orElseThrow();
  }
}
