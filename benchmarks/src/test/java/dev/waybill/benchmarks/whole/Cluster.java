package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.Installation;
import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoreListener;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.model.protocol.Status.Held;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A master and executors as processes on free ports of this machine, in one folder. The hosts h1,
 * h2, ... are at one place and have equal interfaces. Closing it ends every process.
 */
final class Cluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int LOWEST_PORT = 15_000;

  /** By Linux' own setting. */
  private static final int LOWEST_GIVEN_PORT = 32_768;

  private static final StoreListener NOBODY =
      new StoreListener() {
        @Override
        public void held(FileId file, BlockSet blocks) {}

        @Override
        public void lost(FileId file, BlockSet blocks) {}
      };

  private final Path folder;
  private final List<Integer> ports;
  private final MasterClient client;
  private final Map<String, Daemon> daemons = new TreeMap<>();

  /** What is looked for until it holds. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private final @Nullable Installation installation;

  private Cluster(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.ports = ports;
    this.installation = null;
    this.client =
        new MasterClient(ports.stream().map(p -> URI.create("http://127.0.0.1:" + p)).toList());
  }

  private Cluster(Path folder, int port, Installation installation) throws IOException {
    this.folder = folder;
    this.ports = List.of(port);
    this.installation = installation;
    Credentials credentials = Credentials.open(installation.credentials(Role.CLIENT, "test"));
    this.client =
        new MasterClient(
            List.of(URI.create("https://127.0.0.1:" + port)), credentials.sockets(Role.MASTER));
  }

  /** Starts the master alone, which everybody has to show a certificate of the installation. */
  static Cluster ofSecuredMaster(
      Path folder, int hosts, double bytesPerSecond, Installation installation) throws IOException {
    Files.write(folder.resolve("network.json"), network(hosts, bytesPerSecond));
    Cluster cluster = new Cluster(folder, freePort(), installation);
    Path credentials = installation.credentials(Role.MASTER, "m");
    cluster.startMaster(
        1, "--credentials", credentials.toString(), "--ca", installation.authority().toString());
    return cluster;
  }

  private List<String> insecure() {
    return installation == null ? List.of("--insecure") : List.of();
  }

  /** Starts the master alone. */
  static Cluster ofMaster(Path folder, int hosts, double bytesPerSecond) throws IOException {
    Files.write(folder.resolve("network.json"), network(hosts, bytesPerSecond));
    Cluster cluster = new Cluster(folder, List.of(freePort()));
    cluster.startMaster();
    return cluster;
  }

  /** No process yet, and ports for several masters: master, master2, ... */
  static Cluster ofMasters(Path folder, int masters, int hosts, double bytesPerSecond)
      throws IOException {
    Files.write(folder.resolve("network.json"), network(hosts, bytesPerSecond));
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < masters; i++) {
      ports.add(freePort());
    }
    return new Cluster(folder, ports);
  }

  /** Starts everything, and returns when every host has reported. */
  static Cluster start(Path folder, int hosts, double bytesPerSecond)
      throws IOException, InterruptedException {
    Cluster cluster = ofMaster(folder, hosts, bytesPerSecond);
    try {
      for (int i = 1; i <= hosts; i++) {
        cluster.startExecutor("h" + i);
      }
      for (int i = 1; i <= hosts; i++) {
        cluster.awaitUp("h" + i);
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * One that a process may listen on later: none of those that the system gives to whoever asks for
   * any, for an executor that starts sooner would be given it.
   */
  static int freePort() throws IOException {
    int port = 0;
    while (port == 0) {
      int drawn = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_GIVEN_PORT);
      port = isFree(drawn) ? drawn : 0;
    }
    return port;
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  private static byte[] network(int hosts, double bytesPerSecond) {
    List<Object> resources = new ArrayList<>();
    List<Object> hostList = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      String id = "h" + i;
      resources.add(Map.of("id", id + ".up", "capacity", bytesPerSecond));
      resources.add(Map.of("id", id + ".down", "capacity", bytesPerSecond));
      hostList.add(
          Map.of(
              "id",
              id,
              "location",
              "here",
              "egress",
              List.of(id + ".up"),
              "ingress",
              List.of(id + ".down")));
    }
    return Messages.write(
        Map.of(
            "format",
            "waybill-network/1",
            "resources",
            resources,
            "paths",
            List.of(),
            "hosts",
            hostList));
  }

  // ---- processes ----

  /** Also again, after it has been killed. */
  void startMaster() throws IOException {
    startMaster(1);
  }

  /**
   * Also again, after it has been killed.
   *
   * @param number of the master, from 1 on
   */
  void startMaster(int number, String... options) throws IOException {
    String name = masterName(number);
    List<String> words =
        new ArrayList<>(
            List.of(
                "master",
                "--network",
                folder.resolve("network.json").toString(),
                "--listen",
                "127.0.0.1:" + ports.get(number - 1),
                "--data-dir",
                folder.resolve(name).toString()));
    words.addAll(insecure());
    words.addAll(List.of(options));
    start(name, words.toArray(String[]::new));
  }

  static String masterName(int number) {
    return number == 1 ? "master" : "master" + number;
  }

  /** Also again, after it has been killed. */
  void startExecutor(String host, String... options) throws IOException {
    List<String> words = executor(host);
    words.addAll(List.of(options));
    start(host, words.toArray(String[]::new));
  }

  /** Starts an executor that can't write more than so many bytes to one file. */
  void startExecutorWithRoom(String host, long bytes) throws IOException {
    Path log = folder.resolve(host + ".log");
    daemons.put(host, Daemon.start(host, log, Waybill.limited(executor(host), bytes)));
  }

  private List<String> executor(String host) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "executor", "--id", host, "--master", url(), "--data-dir", data(host).toString()));
    words.addAll(insecure());
    return words;
  }

  /** Starts a command that goes on; it ends with the cluster at the latest. */
  Daemon start(String name, String... words) throws IOException {
    Daemon daemon =
        Daemon.start(name, folder.resolve(name + ".log"), Waybill.process(List.of(words)));
    daemons.put(name, daemon);
    return daemon;
  }

  /** Starts {@code publish} in the background. */
  Daemon startPublisher(String... words) throws IOException {
    return startGenerator("publisher", words);
  }

  /** Starts one of several {@code publish} in the background; also again, after it was killed. */
  Daemon startGenerator(String name, String... words) throws IOException {
    return start(name, ofClient("publish", words));
  }

  /** {@code kill -9}. */
  void kill(String name) {
    daemons.get(name).close();
  }

  /** {@code kill -STOP} or {@code kill -CONT}. */
  void signal(String name, String signal) throws IOException, InterruptedException {
    daemons.get(name).signal(signal);
  }

  long pid(String name) {
    return daemons.get(name).pid();
  }

  String log(String name) throws IOException {
    return daemons.get(name).log();
  }

  /** Runs a client's command to its end. */
  Ended run(String command, String... words) throws IOException, InterruptedException {
    return Waybill.run(folder, ofClient(command, words));
  }

  /** Runs a client's command, which has to go well. */
  Ended does(String command, String... words) throws IOException, InterruptedException {
    Ended ended = run(command, words);
    if (ended.status() != 0) {
      throw new AssertionError(ended + "\n" + logs());
    }
    return ended;
  }

  private String[] ofClient(String command, String... words) {
    List<String> all = new ArrayList<>(List.of(command, "--master", url()));
    all.addAll(
        installation == null
            ? insecure()
            : List.of("--credentials", folder.resolve("client-test").toString()));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  String url() {
    return ports.stream()
        .map(p -> scheme() + "127.0.0.1:" + p)
        .collect(java.util.stream.Collectors.joining(","));
  }

  private String scheme() {
    return installation == null ? "http://" : "https://";
  }

  /** Of one master, from 1 on. */
  String url(int number) {
    return scheme() + "127.0.0.1:" + ports.get(number - 1);
  }

  // ---- files ----

  /** The data folder of a host. */
  Path data(String host) {
    return folder.resolve("data-" + host);
  }

  /** Where a whole file is found on a host. */
  Path file(String host, String name) {
    return data(host).resolve("files").resolve(name);
  }

  /** The one file of this name in the folders of a host's file versions. */
  Path stored(String host, String name) throws IOException {
    try (Stream<Path> paths = Files.walk(data(host).resolve("store"))) {
      List<Path> found = paths.filter(p -> p.endsWith(name)).toList();
      assertThat(found).as("%s in the store of %s", name, host).hasSize(1);
      return found.get(0);
    }
  }

  /** The network file says this from now on. */
  void editNetwork(int hosts, double bytesPerSecond) throws IOException {
    Path edited = folder.resolve("network.json.new");
    Files.write(edited, network(hosts, bytesPerSecond));
    Files.move(edited, folder.resolve("network.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a host stores no file version any more. */
  boolean isEmpty(String host) throws IOException {
    try (Stream<Path> versions = Files.list(data(host).resolve("store"))) {
      return versions.findAny().isEmpty();
    }
  }

  /**
   * How many blocks of the only file that a host stores it would still hold if it were killed now:
   * those that an executor finds right in a copy of its data folder.
   */
  int heldOnDisk(String host) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    Path journal = stored(host, "journal");
    Path version = copy.resolve("store").resolve(journal.getParent().getFileName());
    Files.createDirectories(version);
    // The journal first: data that it knows nothing of yet does no harm.
    for (String part : List.of("journal", "manifest", "about.json", "data")) {
      Files.copy(journal.resolveSibling(part), version.resolve(part));
    }
    try (BlockStore store = BlockStore.open(copy, ManifestPolicy.OPEN, NOBODY)) {
      return store.files().get(0).durable().count();
    }
  }

  /** A new file of random bytes. */
  Path random(String name, int bytes, long seed) throws IOException {
    return Scratch.random(folder.resolve(name), bytes, seed);
  }

  void assertSame(Path source, String name, String... hosts) throws IOException {
    for (String host : hosts) {
      assertThat(file(host, name)).as("%s on %s\n%s", name, host, logs()).exists();
      assertThat(Files.mismatch(source, file(host, name)))
          .as("first byte that differs of %s on %s", name, host)
          .isEqualTo(-1);
    }
  }

  // ---- what the master says ----

  MasterClient client() {
    return client;
  }

  FileStatus fileStatus(String name) throws IOException {
    List<FileStatus> files = client.status(name).files();
    assertThat(files).as("versions of %s", name).hasSize(1);
    return files.get(0);
  }

  /** How many blocks of a file a host has reported. */
  int heldBlocks(String host, String name) throws IOException {
    return host(client.status(name), host).files().stream().mapToInt(Held::heldBlocks).sum();
  }

  void awaitUp(String host) throws IOException, InterruptedException {
    await(host + " is up", () -> host(client.status(null), host).state() == Status.State.UP);
  }

  private static HostStatus host(Status status, String id) {
    return status.hosts().stream().filter(h -> h.host().equals(id)).findFirst().orElseThrow();
  }

  /** Looks until it holds; a master that does not answer is asked again. */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    String last = "";
    while (System.nanoTime() - startNanos < PATIENCE_SECONDS * 1_000_000_000L) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException e) {
        last = " (" + e.getMessage() + ")";
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not in " + PATIENCE_SECONDS + " s: " + what + last + "\n" + logs());
  }

  /** The ends of all logs, for the messages of what has gone wrong. */
  String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Daemon daemon : daemons.values()) {
      text.append(daemon.tail());
    }
    return text.toString();
  }

  @Override
  public void close() {
    daemons.values().forEach(Daemon::close);
  }
}
