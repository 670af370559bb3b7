package dev.waybill.executor.http;

import dev.waybill.executor.agent.AgentEvent;
import dev.waybill.executor.agent.AgentState;
import dev.waybill.executor.serve.BlocksService;
import dev.waybill.executor.serve.FeedService;
import dev.waybill.executor.serve.StreamListener;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoreListener;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.Copies;
import dev.waybill.executor.transfer.CopyListener;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.WireService;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.client.Renewal;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.PublisherTrust;
import dev.waybill.runtime.identity.Role;
import dev.waybill.runtime.identity.Sockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running executor: the store, the data plane, the link to the master, and the one thread that
 * hands events to the core and its effects to whoever carries them out.
 */
public final class HostAgent implements Closeable {
  private static final Logger log = LoggerFactory.getLogger("executor");
  private static final int MAX_THREADS = 1024;
  private static final long FEED_ORDER_MILLIS = 5000;
  private static final long TICK_MILLIS = 200;
  private static final long STOP_MILLIS = 1000;

  private final Events events;
  private final BlockStore store;
  private final Wires wires;
  private final @Nullable Renewal renewal;
  private final WireServer server;
  private final MasterLink master;
  private final Copies copies;
  private final Effects effects;
  private final AgentState state;
  private final HostPort advertised;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Thread loop = new Thread(this::run, "agent");
  private final Thread rehearsal;
  private volatile boolean closed;

  /**
   * How an executor is set up.
   *
   * @param host its id in the network file
   * @param advertise where others reach it; null: where it listens. Port 0: the port it listens on
   * @param credentials with which everything is secured; null: nothing is
   * @param manifests which manifests it takes
   */
  public record Settings(
      List<URI> masters,
      String host,
      HostPort listen,
      @Nullable HostPort advertise,
      Path dataDir,
      @Nullable Credentials credentials,
      ManifestPolicy manifests) {
    public Settings {
      masters = List.copyOf(masters);
    }

    /** Of one that takes what is signed alone, where it can tell. */
    public Settings(
        List<URI> masters,
        String host,
        HostPort listen,
        @Nullable HostPort advertise,
        Path dataDir,
        @Nullable Credentials credentials) {
      this(
          masters,
          host,
          listen,
          advertise,
          dataDir,
          credentials,
          PublisherTrust.policy(credentials, false));
    }
  }

  private HostAgent(Settings settings, Events events, BlockStore store) throws IOException {
    this.events = events;
    this.store = store;
    this.rehearsal = new Thread(() -> Rehearsal.run(settings), "rehearsal");
    Credentials credentials = settings.credentials();
    this.wires = new Wires(credentials);
    Buffers buffers = new Buffers();
    this.server =
        WireServer.start(settings.listen(), wires, services(store, buffers, events), MAX_THREADS);
    this.advertised = advertised(settings, server.address());
    MasterClient client =
        new MasterClient(
            settings.masters(),
            credentials == null ? Sockets.plain() : credentials.sockets(Role.MASTER));
    this.master = new MasterLink(client, settings.host(), store, events::accept);
    this.renewal = credentials == null ? null : Renewal.start(credentials, client::renew);
    this.copies = new Copies(settings.host(), store, wires, buffers, Copies.STALL, events);
    this.effects = new Effects(store, copies, master, events::accept, end::complete);
    this.state =
        new AgentState(settings.host(), UUID.randomUUID().toString(), advertised.toString());
  }

  /**
   * Opens the data folder, listens, and begins to report.
   *
   * @throws IOException in one line, where the folder or the address can't be used
   */
  public static HostAgent start(Settings settings) throws IOException {
    Events events = new Events();
    BlockStore store = BlockStore.open(settings.dataDir(), settings.manifests(), events);
    try {
      HostAgent agent = new HostAgent(settings, events, store);
      log.info("executor {} listens on {}", settings.host(), agent.address());
      agent.master.start();
      agent.loop.setDaemon(true);
      agent.loop.start();
      agent.rehearsal.setDaemon(true);
      agent.rehearsal.start();
      return agent;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Map<String, WireService> services(
      BlockStore store, Buffers buffers, Events events) {
    Answer well = Answer.json("{}".getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "GET /v1/health", (request, in, out) -> WireServer.answer(out, well),
        "GET /v1/blocks", new BlocksService(store, events),
        "POST /v1/feed", new FeedService(store, buffers, events, FEED_ORDER_MILLIS));
  }

  private static HostPort advertised(Settings settings, HostPort listening) {
    HostPort wanted = settings.advertise();
    if (wanted == null) {
      return listening;
    }
    return wanted.port() == 0 ? new HostPort(wanted.host(), listening.port()) : wanted;
  }

  /** Where it listens. */
  public HostPort address() {
    return server.address();
  }

  /** Where it tells others to reach it. */
  public HostPort advertised() {
    return advertised;
  }

  /** Completed with one line when it can do nothing here any more. */
  public CompletableFuture<String> end() {
    return end;
  }

  private void run() {
    try {
      apply(new AgentEvent.FileSetFound(store.fileSet()));
      for (StoredFile f : store.files()) {
        apply(
            new AgentEvent.FileFound(
                f.id(), f.blockSize(), f.knownBlocks(), f.size(), f.durable(), f.published()));
      }
      while (!closed) {
        apply(events.next());
      }
    } catch (RuntimeException e) {
      log.error("the executor's core failed", e);
      end.complete("a bug in the executor, please report it: " + e);
    }
  }

  private void apply(AgentEvent event) {
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    state.apply(nowMillis, event).forEach(effects::run);
    master.seen(state.seenRevision());
  }

  /** Stops within a second or two; what has been verified by then is durable. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (renewal != null) {
      renewal.close();
    }
    master.close();
    copies.close();
    rehearsal.interrupt();
    try {
      loop.join(STOP_MILLIS);
      rehearsal.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    effects.close();
    store.flush();
    server.close();
    wires.close();
    store.close();
  }

  /** What the executor's parts tell its core, in the order in which they do. */
  private static final class Events implements StoreListener, CopyListener, StreamListener {
    private final BlockingQueue<AgentEvent> queue = new LinkedBlockingQueue<>();

    void accept(AgentEvent event) {
      queue.add(event);
    }

    AgentEvent next() {
      try {
        AgentEvent event = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        return event == null ? new AgentEvent.Tick() : event;
      } catch (InterruptedException e) {
        return new AgentEvent.Tick();
      }
    }

    @Override
    public void held(FileId file, BlockSet blocks) {
      accept(new AgentEvent.BlocksHeld(file, blocks));
    }

    @Override
    public void lost(FileId file, BlockSet blocks) {
      accept(new AgentEvent.BlocksLost(file, blocks));
    }

    @Override
    public void ended(CopyOutcome outcome) {
      accept(new AgentEvent.CopyEnded(outcome));
    }

    @Override
    public void waits(long copy, @Nullable Integer block) {
      accept(new AgentEvent.CopyWaits(copy, block));
    }

    @Override
    public void wanted(FileId file, int block) {
      accept(new AgentEvent.ChecksumMissing(file, block));
    }

    @Override
    public void suspect(FileId file, int block) {
      accept(new AgentEvent.BlockSuspected(file, block));
    }

    @Override
    public void brokenOff(long copy) {
      accept(new AgentEvent.BrokenOff(copy));
    }
  }
}
