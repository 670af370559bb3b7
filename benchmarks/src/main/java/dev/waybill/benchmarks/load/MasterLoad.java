package dev.waybill.benchmarks.load;

import dev.waybill.benchmarks.machine.ProcessUse;
import dev.waybill.benchmarks.machine.Processes;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.NetworkFormat;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.unit.DataRate;
import dev.waybill.runtime.client.MasterClient;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The load generator of the benchmarks: a real master in a process of its own, and simulated
 * executors that report to it. All hosts have all files but the last one, which they lack, so that
 * the master plans while it answers. Prints the percentiles of the answers to reports, from the
 * moment when a report was due, once both JVMs have warmed up; and how long the master takes to
 * serve again after {@code kill -9}.
 */
public final class MasterLoad {
  /** No more can be announced at once. */
  private static final int ANNOUNCED_AT_ONCE = 4096;

  private static final long BLOCK_SIZE = 1 << 20;
  private static final int HOSTS_AT_A_SITE = 100;

  /** Bytes per second: so that a distribution takes longer than a run. */
  private static final double HOST_RATE = 5e6;

  private static final double SITE_RATE = 50e6;
  private static final double WARM_UP_SECONDS = 30;
  private static final int THREADS = 64;

  private final int hosts;
  private final int files;
  private final int blocks;
  private final double everySeconds;
  private final boolean complete;
  private final java.nio.file.Path folder;
  private final int port;
  private final MasterClient client;
  private final URI master;
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();

  private MasterLoad(
      int hosts,
      int files,
      int blocks,
      double everySeconds,
      boolean complete,
      java.nio.file.Path folder,
      int port) {
    this.hosts = hosts;
    this.files = files;
    this.blocks = blocks;
    this.everySeconds = everySeconds;
    this.complete = complete;
    this.folder = folder;
    this.port = port;
    this.master = URI.create("http://127.0.0.1:" + port);
    this.client = new MasterClient(List.of(master));
  }

  /**
   * @param args the planner's jar (a class path), hosts, files, blocks of each, seconds between
   *     reports, seconds after the warm-up, and {@code complete} where every report is to tell of
   *     all files
   */
  public static void main(String[] args) throws Exception {
    java.nio.file.Path folder = Files.createTempDirectory("waybill-load");
    MasterLoad load =
        new MasterLoad(
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Double.parseDouble(args[4]),
            args.length > 6 && args[6].equals("complete"),
            folder,
            Processes.freePort());
    load.writeNetwork();
    Process master = load.start(args[0]);
    try {
      load.publish();
      load.run(Double.parseDouble(args[5]));
      load.print(master);
      master.destroyForcibly().waitFor();
      long beganNanos = System.nanoTime();
      master = load.start(args[0]);
      System.out.printf(
          Locale.ROOT,
          "serving again %.2f s after kill -9, with %d hosts and %d known blocks%n",
          (System.nanoTime() - beganNanos) / 1e9,
          load.hosts,
          load.files * load.blocks);
    } finally {
      master.destroyForcibly().waitFor();
    }
  }

  private void writeNetwork() throws IOException {
    List<Resource> resources = new ArrayList<>();
    List<Host> list = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    int sites = (hosts + HOSTS_AT_A_SITE - 1) / HOSTS_AT_A_SITE;
    for (int s = 0; s < sites; s++) {
      resources.add(new Resource("site" + s + ".out", new DataRate(SITE_RATE), 0));
      resources.add(new Resource("site" + s + ".in", new DataRate(SITE_RATE), 0));
      for (int t = 0; t < sites; t++) {
        if (s != t) {
          paths.add(
              new Path("site" + s, "site" + t, List.of("site" + s + ".out", "site" + t + ".in")));
        }
      }
    }
    for (int h = 0; h < hosts; h++) {
      resources.add(new Resource("h" + h + ".up", new DataRate(HOST_RATE), 0));
      resources.add(new Resource("h" + h + ".down", new DataRate(HOST_RATE), 0));
      list.add(
          new Host(
              "h" + h,
              "site" + h / HOSTS_AT_A_SITE,
              List.of("h" + h + ".up"),
              List.of("h" + h + ".down")));
    }
    NetworkFormat.write(new Network(resources, paths, list), folder.resolve("network.json"));
  }

  private Process start(String jar) throws Exception {
    Process master =
        new ProcessBuilder(
                Processes.java(),
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=10",
                "-XX:ThreadPriorityPolicy=1",
                "-XX:JavaPriority1_To_OSPriority=15",
                "-XX:-PrintWarnings",
                "-Xmx512m",
                "-cp",
                jar,
                "dev.waybill.planner.cli.PlannerMain",
                "master",
                "--network",
                folder.resolve("network.json").toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--data-dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("master.log").toFile()))
            .start();
    while (true) {
      try {
        Status unused = client.status("none");
        return master;
      } catch (IOException e) {
        if (!master.isAlive()) {
          throw new IOException("the master has ended: see " + folder.resolve("master.log"), e);
        }
        Thread.sleep(20);
      }
    }
  }

  private FileId file(int i) {
    return new FileId("file-" + i, 1);
  }

  private void publish() throws IOException {
    for (int i = 0; i < files; i++) {
      client.openPublication(
          new OpenPublication(file(i).name(), 1L, BLOCK_SIZE, blocks * BLOCK_SIZE, List.of("h0")));
      for (int from = 0; from < blocks; from += ANNOUNCED_AT_ONCE) {
        announce(i, from, Math.min(from + ANNOUNCED_AT_ONCE, blocks));
      }
      client.demand(new PutDemand(file(i).name(), null, List.of(), 1, null));
    }
  }

  private void announce(int file, int from, int end) throws IOException {
    List<Checksum> sums = new ArrayList<>();
    for (int b = from; b < end; b++) {
      sums.add(Checksum.of(ByteBuffer.allocate(8).putInt(0, file).putInt(4, b)));
    }
    Long size = end == blocks ? end * BLOCK_SIZE : null;
    client.announce(new AnnounceBlocks(file(file), from, sums, size));
  }

  private void run(double seconds) throws InterruptedException {
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
    List<FileId> all = IntStream.range(0, files).mapToObj(this::file).toList();
    long began = System.nanoTime();
    long period = Math.round(everySeconds * 1e9);
    for (int h = 0; h < hosts; h++) {
      SimulatedHost host = new SimulatedHost("h" + h, all, blocks, BLOCK_SIZE, h == 0);
      MasterClient own = new MasterClient(List.of(master));
      long first = began + period * h / hosts;
      AtomicInteger reports = new AtomicInteger();
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(
              () -> report(host, own, first + period * reports.getAndIncrement(), began),
              first - System.nanoTime(),
              period,
              TimeUnit.NANOSECONDS);
    }
    TimeUnit.MILLISECONDS.sleep(Math.round((WARM_UP_SECONDS + seconds) * 1e3));
    clock.shutdownNow();
    TimeUnit.SECONDS.sleep(1);
  }

  private void report(SimulatedHost host, MasterClient own, long dueNanos, long beganNanos) {
    try {
      Report report = host.report(complete, System.nanoTime() / 1e9);
      host.answered(own.report(report), System.nanoTime() / 1e9);
      if (dueNanos - beganNanos > WARM_UP_SECONDS * 1e9) {
        millis.add((System.nanoTime() - dueNanos) / 1e6);
      }
    } catch (IOException e) {
      failures.incrementAndGet();
    }
  }

  private void print(Process master) throws IOException {
    double[] sorted = millis.stream().mapToDouble(m -> m).toArray();
    Arrays.sort(sorted);
    Status status = client.status("none");
    System.out.printf(
        Locale.ROOT,
        "%d hosts, %d files each, every %.1f s%s: %d reports, %d failed; p50 %.1f ms, p90 %.1f ms,"
            + " p99 %.1f ms, p99.9 %.1f ms, most %.1f ms; %d plans%n",
        hosts,
        files,
        everySeconds,
        complete ? ", complete" : "",
        sorted.length,
        failures.get(),
        percentile(sorted, 0.5),
        percentile(sorted, 0.9),
        percentile(sorted, 0.99),
        percentile(sorted, 0.999),
        percentile(sorted, 1),
        status.planning().plans());
    System.out.println("master: " + resident(master) + ", log " + folder.resolve("master.log"));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  /** The most of it that was resident, where the system says so. */
  private static String resident(Process process) throws IOException {
    OptionalLong kibibytes = ProcessUse.status(ProcessUse.of(process), "VmHWM");
    return kibibytes.isPresent() ? "VmHWM: " + kibibytes.getAsLong() + " kB" : "";
  }
}
