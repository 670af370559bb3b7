package dev.waybill.benchmarks.wire;

import static java.util.Objects.requireNonNull;

import dev.waybill.benchmarks.machine.ProcessUse;
import dev.waybill.benchmarks.machine.Processes;
import dev.waybill.model.json.NetworkFormat;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.unit.DataRate;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.client.PersistentMaster;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A master and two executors of the wire benchmark, as the launcher starts them, with or without
 * TLS: a sends, b receives. Closing it ends them.
 */
final class Pair implements AutoCloseable {
  private static final String SENDER = "a";
  private static final String RECEIVER = "b";
  private static final long POLL_MILLIS = 2;
  private static final long SAMPLE_MILLIS = 100;

  private final Path folder;
  private final String launcher;
  private final boolean secure;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private MasterClient client;
  private @Nullable Process sender;
  private @Nullable Process receiver;
  private int files;

  private Pair(Path folder, String launcher, boolean secure) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.launcher = launcher;
    this.secure = secure;
    this.port = Processes.freePort();
    this.client = new MasterClient(masters());
  }

  /** Starts all of it, and returns when both hosts have reported. */
  static Pair start(Path folder, String launcher, boolean secure, double bytesPerSecond)
      throws IOException, InterruptedException {
    Pair pair = new Pair(folder, launcher, secure);
    try {
      pair.begin(bytesPerSecond);
      return pair;
    } catch (IOException | InterruptedException | RuntimeException e) {
      pair.close();
      throw e;
    }
  }

  private void begin(double bytesPerSecond) throws IOException, InterruptedException {
    Path network = folder.resolve("network.json");
    NetworkFormat.write(network(bytesPerSecond), network);
    if (secure) {
      waybill("ca", "init", "--dir", folder.resolve("ca").toString());
      issue("master", "m", "m");
      issue("host", SENDER, SENDER);
      issue("host", RECEIVER, RECEIVER);
      issue("client", "c", "c");
      issue("publisher", "c", "c");
      client = new MasterClient(masters(), credentials().sockets(Role.MASTER));
    }
    Process unused =
        start("master", "m", "--network", network.toString(), "--listen", "127.0.0.1:" + port);
    sender = start("executor", SENDER, "--id", SENDER, "--master", url());
    receiver = start("executor", RECEIVER, "--id", RECEIVER, "--master", url());
    PersistentMaster patient = new PersistentMaster(client, line -> {});
    while (patient.call(m -> m.status(null)).hosts().stream()
        .anyMatch(h -> h.state() != Status.State.UP)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static Network network(double bytesPerSecond) {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    for (String id : List.of(SENDER, RECEIVER)) {
      resources.add(new Resource(id + ".up", new DataRate(bytesPerSecond), 0));
      resources.add(new Resource(id + ".down", new DataRate(bytesPerSecond), 0));
      hosts.add(new Host(id, "here", List.of(id + ".up"), List.of(id + ".down")));
    }
    return new Network(resources, List.of(), hosts);
  }

  private String url() {
    return (secure ? "https://" : "http://") + "127.0.0.1:" + port;
  }

  private List<URI> masters() {
    return List.of(URI.create(url()));
  }

  private Credentials credentials() throws IOException {
    return Credentials.open(folder.resolve("credentials-c"));
  }

  private void issue(String role, String name, String to) throws IOException, InterruptedException {
    waybill(
        "ca",
        "issue",
        "--dir",
        folder.resolve("ca").toString(),
        "--role",
        role,
        "--name",
        name,
        "--output",
        folder.resolve("credentials-" + to).toString());
  }

  private List<String> words(@Nullable String who, String... words) {
    List<String> all = new ArrayList<>(List.of(launcher));
    all.addAll(List.of(words));
    if (who != null) {
      all.addAll(
          secure
              ? List.of("--credentials", folder.resolve("credentials-" + who).toString())
              : List.of("--insecure"));
    }
    return all;
  }

  private void waybill(String... words) throws IOException, InterruptedException {
    Commands.run(folder, words(null, words));
  }

  private Process start(String command, String who, String... more) throws IOException {
    List<String> all = words(who, command);
    all.addAll(List.of("--data-dir", folder.resolve("data-" + who).toString()));
    all.addAll(List.of(more));
    Process process = Commands.start(folder.resolve(who + ".log"), all);
    processes.add(process);
    return process;
  }

  /** The larger of both executors. */
  long residentBytes() throws IOException {
    return Math.max(residentBytes(sender), residentBytes(receiver));
  }

  private static long residentBytes(@Nullable Process executor) throws IOException {
    String process = ProcessUse.of(requireNonNull(executor));
    return ProcessUse.status(process, "VmRSS").orElse(0) << 10;
  }

  private static double cpuSeconds(@Nullable Process executor) throws IOException {
    return ProcessUse.cpuSeconds(ProcessUse.of(requireNonNull(executor)));
  }

  /** Publishes a file to the sender under a new name; nobody demands it yet. */
  private String publish(Path source) throws IOException, InterruptedException {
    String name = "file-" + ++files;
    Commands.run(
        folder,
        words("c", "publish", source.toString(), "--as", name, "--to", SENDER, "--master", url()));
    while (!Files.exists(place(SENDER, name))) {
      Thread.sleep(POLL_MILLIS);
    }
    return name;
  }

  private Path place(String host, String name) {
    return folder.resolve("data-" + host).resolve("files").resolve(name);
  }

  /** Sends a file that the sender has whole to the receiver, which has nothing of it. */
  Run send(Path source) throws IOException, InterruptedException {
    String name = publish(source);
    double senderBefore = cpuSeconds(sender);
    double receiverBefore = cpuSeconds(receiver);
    long beganNanos = System.nanoTime();
    demand(name);
    while (!Files.exists(place(RECEIVER, name))) {
      Thread.sleep(POLL_MILLIS);
    }
    double requestSeconds = (System.nanoTime() - beganNanos) / 1e9;
    double senderSeconds = cpuSeconds(sender) - senderBefore;
    double receiverSeconds = cpuSeconds(receiver) - receiverBefore;
    double seconds = secondsFromOrder(name);
    Commands.requireSame(source, place(RECEIVER, name));
    withdraw(name);
    return new Run(seconds, requestSeconds, senderSeconds, receiverSeconds);
  }

  /** The most memory of either executor while a file goes from the sender to the receiver. */
  long residentBytesWhileSending(Path source) throws IOException, InterruptedException {
    String name = publish(source);
    demand(name);
    long most = 0;
    while (!Files.exists(place(RECEIVER, name))) {
      most = Math.max(most, residentBytes());
      Thread.sleep(SAMPLE_MILLIS);
    }
    withdraw(name);
    return most;
  }

  private void demand(String name) throws IOException {
    client.demand(new PutDemand(name, null, List.of(RECEIVER), 1, null));
  }

  /** From the first order of a copy to when the master heard that the file is at its place. */
  private double secondsFromOrder(String name) throws IOException, InterruptedException {
    Trace trace = client.trace(name, null);
    while (trace.arrivals().stream().noneMatch(a -> a.host().equals(RECEIVER))) {
      Thread.sleep(POLL_MILLIS);
      trace = client.trace(name, null);
    }
    double ordered = trace.copies().stream().mapToDouble(Trace.TracedCopy::ordered).min().orElse(0);
    return trace.arrivals().stream()
            .filter(a -> a.host().equals(RECEIVER))
            .mapToDouble(Trace.Arrival::at)
            .max()
            .orElseThrow()
        - ordered;
  }

  /** Makes room. */
  private void withdraw(String name) throws IOException, InterruptedException {
    client.withdraw(new Withdraw(name, null, List.of()));
    for (String host : List.of(SENDER, RECEIVER)) {
      while (Files.exists(place(host, name))) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Process p : processes) {
      p.destroyForcibly().waitFor();
    }
  }
}
