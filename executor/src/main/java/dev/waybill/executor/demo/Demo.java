package dev.waybill.executor.demo;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import dev.waybill.runtime.client.MasterClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The demonstration: a master and executors as separate processes, a file that is published at the
 * first host and that all the others want, and the comparison with the plan and its bound.
 */
public final class Demo {
  private static final String NAME = "demo.bin";
  private static final Duration START_UP = Duration.ofSeconds(60);

  /** What so many JVMs take to start on few cores is not part of the race. */
  private static final Duration SETTLE = Duration.ofSeconds(4);

  private static final Duration PLANNED_AFTER = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final DemoSettings settings;
  private final DemoFolder folder;
  private final DemoView view;

  public Demo(DemoSettings settings, DemoFolder folder, DemoView view) {
    this.settings = settings;
    this.folder = folder;
    this.view = view;
  }

  /** Runs all of it; the processes go on until the folder is closed. */
  public DemoResult run() throws IOException, InterruptedException, DemoFailure {
    Calibration calibration = Calibration.of(folder.path());
    int cores = Runtime.getRuntime().availableProcessors();
    DataRate rate = calibration.interfaceRate(settings.hosts(), cores);
    DemoNetwork network = new DemoNetwork(settings.hosts(), rate);
    view.step(
        "this machine: SHA-256 %s, disk %s, %d cores; so %d hosts with %s each way"
            .formatted(
                calibration.hashing(), calibration.writing(), cores, settings.hosts(), rate));
    Path source = folder.source(settings);
    long bytes = Files.size(source);
    Path networkFile = folder.path().resolve("network.json");
    network.write(networkFile);
    view.step("starting a master and %d executors".formatted(settings.hosts()));
    URI url = startAll(network, networkFile);
    MasterClient master = new MasterClient(List.of(url));
    awaitHosts(master);
    view.step("letting the processes settle for %d s".formatted(SETTLE.toSeconds()));
    Thread.sleep(SETTLE.toMillis());
    master.demand(new PutDemand(NAME, null, List.of(), 1, null));
    view.step("publishing %s at %s".formatted(new DataSize(bytes), network.hostIds().get(0)));
    double actual = race(master, url, source, network);
    FileStatus planned = planned(master);
    view.step("comparing every host's file by SHA-256");
    return new DemoResult(
        settings.hosts(),
        bytes,
        actual,
        planned.plannedSeconds(),
        planned.atLeastSeconds(),
        differing(source, network),
        rate.bytesPerSecond());
  }

  private URI startAll(DemoNetwork network, Path networkFile) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + freePort());
    List<String> command = new ArrayList<>(List.of("master", "--network", networkFile.toString()));
    command.addAll(List.of("--listen", url.getAuthority(), "--insecure"));
    command.addAll(List.of("--data-dir", folder.path().resolve("master").toString()));
    if (settings.solver() != null) {
      command.addAll(List.of("--solver", Objects.requireNonNull(settings.solver())));
    }
    startDaemon("master", command);
    for (String host : network.hostIds()) {
      startDaemon(
          host,
          List.of(
              "executor",
              "--master",
              url.toString(),
              "--id",
              host,
              "--insecure",
              "--listen",
              "127.0.0.1:0",
              "--data-dir",
              folder.path().resolve(host).toString()));
    }
    return url;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void startDaemon(String name, List<String> arguments) throws IOException {
    folder.start(name, launched(arguments), true);
  }

  private List<String> launched(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(settings.launcher().toString()));
    command.addAll(arguments);
    return command;
  }

  private void awaitHosts(MasterClient master)
      throws IOException, InterruptedException, DemoFailure {
    long startNanos = System.nanoTime();
    while (true) {
      folder.requireAlive();
      long up = status(master).map(Demo::up).orElse(0L);
      if (up == settings.hosts()) {
        return;
      }
      if (System.nanoTime() - startNanos > START_UP.toNanos()) {
        throw new DemoFailure(
            "only %d of %d hosts have reported after %d s"
                .formatted(up, settings.hosts(), START_UP.toSeconds()));
      }
      Thread.sleep(100);
    }
  }

  private static long up(Status status) {
    return status.hosts().stream().filter(h -> h.state() == Status.State.UP).count();
  }

  private static Optional<Status> status(MasterClient master) {
    try {
      return Optional.of(master.status(null));
    } catch (IOException e) {
      // It is starting, or busy; whether its process has ended is asked elsewhere.
      return Optional.empty();
    }
  }

  private double race(MasterClient master, URI url, Path source, DemoNetwork network)
      throws IOException, InterruptedException, DemoFailure {
    long startNanos = System.nanoTime();
    Child publisher =
        folder.start(
            "publish",
            launched(
                List.of(
                    "publish",
                    source.toString(),
                    "--master",
                    url.toString(),
                    "--as",
                    NAME,
                    "--to",
                    network.hostIds().get(0),
                    "--insecure")),
            false);
    List<Path> missing = new ArrayList<>();
    network.hostIds().forEach(h -> missing.add(fileOf(h)));
    long lookedNanos = startNanos;
    boolean published = false;
    while (true) {
      missing.removeIf(Files::exists);
      double elapsed = (System.nanoTime() - startNanos) / 1e9;
      published = published || publisher.done();
      if (missing.isEmpty() && published) {
        status(master).ifPresent(s -> show(s, elapsed));
        return elapsed;
      }
      folder.requireAlive();
      if (System.nanoTime() - lookedNanos > LOOK.toNanos()) {
        lookedNanos = System.nanoTime();
        status(master).ifPresent(s -> show(s, elapsed));
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private void show(Status status, double elapsedSeconds) {
    int blocks = 0;
    for (HostStatus h : status.hosts()) {
      for (Status.Held held : h.files()) {
        blocks = Math.max(blocks, held.blocks());
      }
    }
    view.progress(status, elapsedSeconds, blocks);
  }

  private Path fileOf(String host) {
    return folder.path().resolve(host).resolve("files").resolve(NAME);
  }

  /** The file as the master sees it once it knows that everybody has it. */
  private static FileStatus planned(MasterClient master)
      throws IOException, InterruptedException, DemoFailure {
    long startNanos = System.nanoTime();
    while (true) {
      Optional<FileStatus> file =
          master.status(NAME).files().stream().filter(f -> f.file().equals(NAME)).findFirst();
      if (file.isPresent() && file.get().done()) {
        return file.get();
      }
      if (System.nanoTime() - startNanos > PLANNED_AFTER.toNanos()) {
        throw new DemoFailure("every host has its file, but the master does not know it");
      }
      Thread.sleep(50);
    }
  }

  private List<String> differing(Path source, DemoNetwork network) throws IOException {
    Checksum expected = checksum(source);
    List<String> differing = new ArrayList<>();
    for (String host : network.hostIds()) {
      if (!checksum(fileOf(host)).equals(expected)) {
        differing.add(host);
      }
    }
    return differing;
  }

  private static Checksum checksum(Path file) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    byte[] chunk = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n; (n = in.read(chunk)) >= 0; ) {
        digest.update(chunk, 0, n);
      }
    }
    return Checksum.of(digest);
  }
}
