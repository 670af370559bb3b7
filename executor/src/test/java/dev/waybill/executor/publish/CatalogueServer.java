package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.RequestFinal;
import dev.waybill.model.protocol.Status;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.Exchange;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.http.Routes;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The publisher's side of a master's API, with everything in memory, over real HTTP. */
public final class CatalogueServer implements Closeable {
  private static final int PAGE = 3;

  /** A version of a file. */
  static final class Entry {
    private final long blockSize;
    private final List<Checksum> checksums = new ArrayList<>();
    private Long size;
    private boolean finalRequested;

    Entry(long blockSize) {
      this.blockSize = blockSize;
    }
  }

  private final Map<String, OriginServer> origins = new LinkedHashMap<>();
  private final TreeMap<FileId, Entry> entries = new TreeMap<>();
  private final HttpServer server;
  private final List<AnnounceBlocks> announced = new ArrayList<>();
  private OpenPublication lastOpened;
  private FileId instead;

  public CatalogueServer() throws IOException {
    this(new HostPort("127.0.0.1", 0));
  }

  CatalogueServer(HostPort listen) throws IOException {
    Routes routes =
        new Routes(1 << 24)
            .post("/v1/publications", Endpoint.of(this::open))
            .get("/v1/publications", Endpoint.of(this::newest))
            .get("/v1/publication", Endpoint.of(this::publication))
            .get("/v1/manifest", Endpoint.of(this::manifest))
            .post("/v1/blocks", Endpoint.of(this::announce))
            .post("/v1/final", Endpoint.of(this::requestFinal))
            .get("/v1/status", Endpoint.of(this::status));
    server = HttpServer.start(listen, routes, 16);
  }

  public String url() {
    return "http://" + server.address();
  }

  HostPort address() {
    return server.address();
  }

  synchronized void origin(String host, OriginServer origin) {
    origins.put(host, origin);
  }

  synchronized OpenPublication lastOpened() {
    return lastOpened;
  }

  /** Whatever is asked for, this is opened. */
  synchronized void openInstead(String file) {
    instead = FileId.parse(file);
  }

  synchronized List<AnnounceBlocks> announced() {
    return List.copyOf(announced);
  }

  synchronized Publication publicationOf(String file) {
    return describe(FileId.parse(file));
  }

  synchronized boolean isKnown(String file) {
    return entries.containsKey(FileId.parse(file));
  }

  /** A version of which some blocks have been announced by somebody who is gone. */
  synchronized void seed(String file, long blockSize, List<Checksum> checksums, Long size) {
    Entry e = new Entry(blockSize);
    e.checksums.addAll(checksums);
    e.size = size;
    entries.put(FileId.parse(file), e);
  }

  synchronized Checksum checksum(FileId file, int block) throws Refusal {
    Entry e = entry(file);
    if (block >= e.checksums.size()) {
      throw new Refusal(409, "block " + block + " has not been announced");
    }
    return e.checksums.get(block);
  }

  private synchronized Answer open(Exchange exchange) throws IOException, Refusal {
    OpenPublication open = exchange.body(OpenPublication.class);
    lastOpened = open;
    long newest =
        entries.keySet().stream()
            .filter(f -> f.name().equals(open.name()))
            .mapToLong(FileId::version)
            .max()
            .orElse(0);
    long version = open.version() == null ? newest + 1 : open.version();
    if (version < newest) {
      throw new Refusal(409, open.name() + "@" + version + " is older than the newest, " + newest);
    }
    FileId file = instead == null ? new FileId(open.name(), version) : instead;
    entries.computeIfAbsent(file, f -> new Entry(open.blockSize()));
    return Answer.json(describe(file));
  }

  private synchronized Answer newest(Exchange exchange) throws Refusal {
    String name = exchange.parameter("name", n -> n);
    return entries.keySet().stream()
        .filter(f -> f.name().equals(name))
        .reduce((a, b) -> b)
        .map(f -> Answer.json(describe(f)))
        .orElse(Answer.nothing());
  }

  private synchronized Answer publication(Exchange exchange) throws Refusal {
    FileId file = exchange.parameter("file", FileId::parse);
    entry(file);
    return Answer.json(describe(file));
  }

  private synchronized Answer manifest(Exchange exchange) throws Refusal {
    FileId file = exchange.parameter("file", FileId::parse);
    int from = exchange.parameter("from", Integer::parseInt);
    Entry e = entry(file);
    int to = Math.min(e.checksums.size(), from + PAGE);
    return Answer.json(
        new ManifestPage(file, e.blockSize, from, e.checksums.subList(from, to), e.size));
  }

  private synchronized Answer announce(Exchange exchange) throws IOException, Refusal {
    AnnounceBlocks blocks = exchange.body(AnnounceBlocks.class);
    announced.add(blocks);
    Entry e = entry(blocks.file());
    if (blocks.from() > e.checksums.size()) {
      throw new Refusal(409, "a gap before block " + blocks.from());
    }
    for (int i = 0; i < blocks.checksums().size(); i++) {
      int block = blocks.from() + i;
      Checksum checksum = blocks.checksums().get(i);
      if (block < e.checksums.size()) {
        if (!e.checksums.get(block).equals(checksum)) {
          throw new Refusal(409, "block " + block + " has another checksum");
        }
      } else if (e.size != null) {
        throw new Refusal(409, blocks.file() + " is final");
      } else {
        e.checksums.add(checksum);
      }
    }
    if (blocks.finalSize() != null) {
      e.size = blocks.finalSize();
    }
    return Answer.json(describe(blocks.file()));
  }

  private synchronized Answer requestFinal(Exchange exchange) throws IOException, Refusal {
    String name = exchange.body(RequestFinal.class).name();
    FileId file =
        entries.keySet().stream()
            .filter(f -> f.name().equals(name))
            .reduce((a, b) -> b)
            .orElseThrow(() -> new Refusal(404, "nobody has published " + name));
    entry(file).finalRequested = true;
    return Answer.json(describe(file));
  }

  /** Every origin has demanded every file. */
  private synchronized Answer status(Exchange exchange) {
    List<Status.FileStatus> files = new ArrayList<>();
    entries.forEach(
        (f, e) -> {
          int complete =
              (int)
                  describe(f).origins().stream()
                      .filter(o -> e.size != null && o.held().count() == e.checksums.size())
                      .count();
          files.add(
              new Status.FileStatus(
                  f.name(),
                  f.version(),
                  e.size != null,
                  e.size,
                  e.checksums.size(),
                  origins.size(),
                  complete,
                  null,
                  null,
                  null));
        });
    return Answer.json(
        new Status(
            files,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Status.Planning(0, 0, 0, 0, 0, null)));
  }

  private Entry entry(FileId file) throws Refusal {
    Entry e = entries.get(file);
    if (e == null) {
      throw new Refusal(404, "there is no " + file);
    }
    return e;
  }

  private Publication describe(FileId file) {
    Entry e = entries.get(file);
    List<Publication.Origin> list = new ArrayList<>();
    origins.forEach(
        (host, o) -> {
          BlockSet held = o.held(file);
          list.add(new Publication.Origin(host, o.address(), held));
        });
    return new Publication(file, e.blockSize, e.checksums.size(), e.size, e.finalRequested, list);
  }

  @Override
  public void close() {
    server.close();
  }
}
