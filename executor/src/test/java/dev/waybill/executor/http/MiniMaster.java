package dev.waybill.executor.http;

import dev.waybill.executor.Sample;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.Exchange;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.http.Routes;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A master for the executor's tests: it speaks the protocol, and orders exactly what a test says.
 */
final class MiniMaster implements Closeable {
  private static final int PAGE = 7;

  private final Set<String> hosts;
  private final HttpServer server;
  private final Map<FileId, Sample> samples = new HashMap<>();
  private final Map<String, Orders> orders = new HashMap<>();
  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, String> incarnations = new HashMap<>();
  private final Map<String, Map<FileId, FileState>> states = new HashMap<>();
  private final List<CopyOutcome> outcomes = new ArrayList<>();
  private ManifestSignature signature;
  private long revision;

  MiniMaster(HostPort listen, Set<String> hosts) throws IOException {
    this.hosts = hosts;
    Routes routes =
        new Routes(1 << 20)
            .post("/v1/report", Endpoint.of(this::report))
            .get("/v1/orders", Endpoint.of(this::awaitOrders))
            .get("/v1/manifest", Endpoint.of(this::manifest));
    this.server = HttpServer.start(listen, routes, 32);
  }

  URI uri() {
    return URI.create("http://" + server.address());
  }

  HostPort address() {
    return server.address();
  }

  private synchronized Answer report(Exchange exchange) throws IOException, Refusal {
    Report report = exchange.body(Report.class);
    if (!hosts.contains(report.host())) {
      throw new Refusal(404, "no host " + report.host());
    }
    outcomes.addAll(report.outcomes());
    boolean known = report.incarnation().equals(incarnations.get(report.host()));
    if (!known && !report.complete()) {
      return Answer.json(
          new Orders(revision, true, List.of(), FileNews.all(List.of()), List.of(), List.of()));
    }
    incarnations.put(report.host(), report.incarnation());
    addresses.put(report.host(), report.address());
    Map<FileId, FileState> files = states.computeIfAbsent(report.host(), h -> new HashMap<>());
    if (report.complete()) {
      files.clear();
    }
    report.files().forEach(f -> files.put(f.file(), f));
    return newer(report.host(), report.seenRevision());
  }

  private Answer newer(String host, long seen) {
    Orders mine = orders.get(host);
    return mine != null && mine.revision() > seen ? Answer.json(mine) : Answer.nothing();
  }

  private synchronized Answer awaitOrders(Exchange exchange) throws Refusal {
    String host = exchange.parameter("host", h -> h);
    long seen = exchange.parameter("seen", Long::parseLong);
    long deadline = System.nanoTime() + 1_000_000 * exchange.parameter("wait", Long::parseLong);
    while (orders.get(host) == null || orders.get(host).revision() <= seen) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Answer.nothing();
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new Refusal(503, "stopping");
      }
    }
    return newer(host, seen);
  }

  private synchronized Answer manifest(Exchange exchange) throws Refusal {
    Sample sample = samples.get(exchange.parameter("file", FileId::parse));
    int from = exchange.parameter("from", Integer::parseInt);
    if (sample == null) {
      throw new Refusal(404, "no such file");
    }
    ManifestPage p = sample.manifest(from, Math.min(from + PAGE, sample.blocks()), true);
    return Answer.json(
        new ManifestPage(p.file(), p.blockSize(), from, p.checksums(), p.size(), signature));
  }

  /** Of every manifest from now on; null: none. */
  synchronized void sign(ManifestSignature by) {
    signature = by;
  }

  /** Why a host takes nothing of a file; null where it does. */
  synchronized String refusal(String host, FileId file) {
    FileState state = states.getOrDefault(host, Map.of()).get(file);
    return state == null ? null : state.refusal();
  }

  synchronized void publish(Sample sample) {
    samples.put(sample.id(), sample);
  }

  synchronized void order(
      String host, List<CopyOrder> copies, List<FileInfo> files, List<BlockRef> verify) {
    orders.put(host, new Orders(++revision, false, copies, FileNews.all(files), verify, List.of()));
    notifyAll();
  }

  synchronized String addressOf(String host) {
    return addresses.getOrDefault(host, "");
  }

  synchronized BlockSet held(String host, FileId file) {
    FileState state = states.getOrDefault(host, Map.of()).get(file);
    return state == null ? BlockSet.EMPTY : state.held();
  }

  synchronized boolean published(String host, FileId file) {
    FileState state = states.getOrDefault(host, Map.of()).get(file);
    return state != null && state.published();
  }

  synchronized List<CopyOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public void close() {
    server.close();
  }
}
