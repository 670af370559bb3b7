package dev.waybill.benchmarks.wan;

import dev.waybill.benchmarks.machine.Processes;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wide-area network of the comparison in network namespaces of this machine: a namespace for each
 * host and each site and one for what joins the sites, veth pairs between them, and token buckets
 * that limit interfaces and sites. Takes root and iproute2. Closing it takes it down.
 */
final class EmulatedWan implements Closeable {
  /** The interface of a site's namespace that leads to the other sites. */
  static final String CORE = "core";

  private static final int QUEUE_MILLIS = 40;

  /** Of a packet before it is cut into frames: larger ones would pass a bucket in bursts. */
  private static final int GSO_BYTES = 16384;

  private static final String GSO = " gso_max_size " + GSO_BYTES + " gso_max_segs 64";

  private final WanTopology topology;

  /** Whether token buckets hold interfaces and sites to their rates. */
  private final boolean shaped;

  private final String tag = "wan" + ProcessHandle.current().pid();
  private final List<String> sites;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  /** Where the comparison itself is killed, nothing of it stays behind. */
  private final Thread atExit = new Thread(this::remove);

  private EmulatedWan(WanTopology topology, boolean shaped) {
    this.topology = topology;
    this.shaped = shaped;
    this.sites = new ArrayList<>(topology.siteNames());
    int[] counts = new int[sites.size()];
    for (WanTopology.Member h : topology.hosts()) {
      int site = sites.indexOf(h.site());
      counts[site]++;
      addresses.put(h.id(), "10.78.%d.%d".formatted(site + 1, counts[site]));
    }
  }

  /**
   * @throws IOException where it can't be made, with what the tool said
   */
  static EmulatedWan of(WanTopology topology) throws IOException {
    return of(topology, true);
  }

  /**
   * The same with nothing in it that limits a rate.
   *
   * @throws IOException where it can't be made, with what the tool said
   */
  static EmulatedWan unshaped(WanTopology topology) throws IOException {
    return of(topology, false);
  }

  private static EmulatedWan of(WanTopology topology, boolean shaped) throws IOException {
    EmulatedWan wan = new EmulatedWan(topology, shaped);
    Runtime.getRuntime().addShutdownHook(wan.atExit);
    try {
      wan.build();
    } catch (IOException | RuntimeException e) {
      wan.close();
      throw e;
    }
    return wan;
  }

  WanTopology topology() {
    return topology;
  }

  /** The address of a host. */
  String address(String host) {
    return Objects.requireNonNull(addresses.get(host), host);
  }

  /** A shell's command at a host, not yet started; it leads a session of its own. */
  ProcessBuilder at(String host, String command) {
    return in(namespace(host), command);
  }

  /** The same where all traffic of a site passes. */
  ProcessBuilder atSite(String site, String command) {
    return in(siteNamespace(site), command);
  }

  private static ProcessBuilder in(String namespace, String command) {
    return new ProcessBuilder(
        "setsid", "nsenter", "--net=/run/netns/" + namespace, "/bin/sh", "-c", command);
  }

  /** The interface of a site's namespace through which all traffic of a host passes. */
  static String portOf(String host) {
    return "h" + host;
  }

  private String namespace(String host) {
    return tag + "-" + host;
  }

  private String siteNamespace(String site) {
    return tag + "-s" + sites.indexOf(site);
  }

  private String core() {
    return tag + "-core";
  }

  private void build() throws IOException {
    List<String> added = new ArrayList<>();
    namespaces().forEach(n -> added.add("netns add " + n));
    batch("ip", null, added);
    batch("ip", core(), List.of("link add br0 type bridge stp_state 0", "link set br0 up"));
    for (String site : sites) {
      buildSite(site);
    }
    for (WanTopology.Member h : topology.hosts()) {
      buildHost(h);
    }
  }

  private void buildSite(String site) throws IOException {
    String ns = siteNamespace(site);
    String port = "p" + sites.indexOf(site);
    batch(
        "ip",
        ns,
        List.of(
            "link add br0 type bridge stp_state 0",
            "link set br0 up",
            "link add " + CORE + GSO + " type veth peer name " + port + " netns " + core(),
            "link set " + CORE + " master br0",
            "link set " + CORE + " up"));
    batch("ip", core(), List.of("link set " + port + " master br0", "link set " + port + " up"));
    Double rate = topology.sites().get(site);
    if (rate != null && shaped) {
      batch("tc", ns, List.of(bucket(CORE, rate)));
      batch("tc", core(), List.of(bucket(port, rate)));
    }
  }

  private void buildHost(WanTopology.Member h) throws IOException {
    String site = siteNamespace(h.site());
    String ns = namespace(h.id());
    String port = portOf(h.id());
    batch(
        "ip",
        site,
        List.of(
            "link add " + port + GSO + " type veth peer name eth0 netns " + ns,
            "link set " + port + " master br0",
            "link set " + port + " up"));
    batch(
        "ip",
        ns,
        List.of(
            "link set lo up",
            "link set eth0 up" + GSO,
            "addr add " + address(h.id()) + "/16 brd + dev eth0"));
    if (shaped) {
      batch("tc", site, List.of(bucket(port, h.down())));
      batch("tc", ns, List.of(bucket("eth0", h.up())));
    }
    // Not every kernel has it; then all contestants do with its default.
    Process unused = at(h.id(), "sysctl -q -w net.ipv4.tcp_congestion_control=bbr").start();
  }

  private static String bucket(String device, double megabits) {
    long rate = Math.round(megabits * 1e6);
    long burst = Math.max(GSO_BYTES + 2048, rate / 8 / 1000);
    long limit = Math.max(rate / 8 * QUEUE_MILLIS / 1000, 4L * GSO_BYTES) + burst;
    return "qdisc add dev %s root handle 1: tbf rate %dbit burst %d limit %d"
        .formatted(device, rate, burst, limit);
  }

  private List<String> namespaces() {
    List<String> all = new ArrayList<>(List.of(core()));
    sites.forEach(s -> all.add(siteNamespace(s)));
    topology.hosts().forEach(h -> all.add(namespace(h.id())));
    return all;
  }

  private static void batch(String tool, @Nullable String in, List<String> lines)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(tool));
    if (in != null) {
      command.addAll(List.of("-n", in));
    }
    command.addAll(List.of("-b", "-"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line : lines) {
        out.write(line + "\n");
      }
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending; the hook finds nothing left to do.
    }
  }

  private void remove() {
    try {
      for (String n : namespaces()) {
        // What is gone already is no failure.
        int unused =
            Processes.statusOf(
                "/bin/sh", "-c", "kill -KILL $(ip netns pids " + n + "); ip netns del " + n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
