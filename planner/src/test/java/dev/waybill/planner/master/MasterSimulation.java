package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyState;
import dev.waybill.model.protocol.Explanation;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The master's core with a real solver against simulated hosts on a virtual clock: hosts carry out
 * their orders at the rate of each, a block at a time, as soon as the sender has it. After every
 * event the books are checked against the capacities.
 */
final class MasterSimulation {
  private static final SolveLimits LIMITS = SolveLimits.forHosts(Duration.ofMinutes(1), 0.02);
  private static final double STEP = 0.05;
  private static final double REPORT_EVERY = 0.2;
  private static final double HEARTBEAT = 2;
  private static final double STUCK_AFTER = 3;
  private static final double TIMES_OUT_AFTER = 10;

  private Fleet fleet;
  private final MasterConfig config;
  final List<Change> durable = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final Map<String, SimHost> hosts = new LinkedHashMap<>();
  private final Map<FileId, BlockLayout> layouts = new HashMap<>();
  private final Set<FileId> growing = new HashSet<>();
  private final List<PlanRequest> asked = new ArrayList<>();
  private final List<PlanRequest> solved = new ArrayList<>();
  private final Map<PlanRequest, Solution> answers = new HashMap<>();
  private MasterState master;
  private boolean masterUp = true;
  private int term;
  double now = 1_000_000;

  /** How often hosts report while things change, in seconds; a little more, each its own. */
  double reportEvery = REPORT_EVERY;

  /** What the solver takes for each answer that is waited for. */
  double solveSeconds;

  private double answersAt;

  MasterSimulation(Network network, Random random) {
    this(Fleet.of(network), MasterConfig.standard(), random);
  }

  MasterSimulation(Fleet fleet, MasterConfig config, Random random) {
    this.fleet = fleet;
    this.config = config;
    startMaster();
    for (String id : fleet.network().hosts().keySet()) {
      hosts.put(id, new SimHost(id, random.nextDouble() * REPORT_EVERY));
    }
  }

  void startMaster() {
    term++;
    masterUp = true;
    asked.clear();
    master = new MasterState(fleet, config, term, List.copyOf(durable), now);
    hosts.values().forEach(h -> h.restartTalk());
  }

  void stopMaster() {
    masterUp = false;
  }

  /** The network file is edited. */
  void edit(Fleet edited) {
    fleet = edited;
    accepted(new MasterEvent.NetworkChanged(edited));
    for (String id : edited.network().hosts().keySet()) {
      hosts.computeIfAbsent(id, i -> new SimHost(i, 0));
    }
  }

  List<PlanRequest> solved() {
    return solved;
  }

  /** When the last schedule that was made for all that is open is over, in seconds. */
  double plannedEnd() {
    PlanRequest last =
        solved.stream().filter(r -> r.kept() == null).reduce((a, b) -> b).orElseThrow();
    return last.askedAt() + ((Solution.Planned) answers.get(last)).schedule().makespan();
  }

  <R> Reply<R> send(MasterEvent<R> event) {
    MasterState.Step<R> step = master.apply(event, now);
    for (MasterEffect effect : step.effects()) {
      if (effect instanceof MasterEffect.Persist p) {
        durable.add(p.change());
      } else if (effect instanceof MasterEffect.Solve s) {
        asked.add(s.request());
        answersAt = now + solveSeconds;
      } else if (effect instanceof MasterEffect.StopSolving) {
        answersAt = now;
      } else if (effect instanceof MasterEffect.OrdersChanged o && hosts.containsKey(o.host())) {
        hosts.get(o.host()).restartTalk();
      } else if (effect instanceof MasterEffect.Note n) {
        notes.add("%.2f %s".formatted(now - 1_000_000, n.line()));
      }
    }
    for (Resource r : fleet.resourcesAt(now)) {
      if (master.allocated(r.id()) > r.capacity().bytesPerSecond() * (1 + 1e-5) + 1e-3) {
        throw new AssertionError(
            "%s has %f allocated of %s".formatted(r.id(), master.allocated(r.id()), r.capacity()));
      }
    }
    return step.reply();
  }

  <R> R accepted(MasterEvent<R> event) {
    Reply<R> reply = send(event);
    if (reply instanceof Reply.Accepted<R> a) {
      return a.value();
    }
    throw new AssertionError(event + " was declined: " + reply);
  }

  void demand(String name) {
    accepted(new MasterEvent.DemandPut(new PutDemand(name, null, List.of(), 1, null)));
  }

  /**
   * Publishes a whole file at once at its origin, which gets its blocks as fast as {@code
   * feedRate}.
   */
  FileId publish(String name, long size, long blockSize, String origin, double feedRate) {
    Publication p =
        accepted(
            new MasterEvent.PublicationOpened(
                new OpenPublication(name, null, blockSize, size, List.of(origin))));
    BlockLayout layout = new BlockLayout(size, p.blockSize());
    layouts.put(p.file(), layout);
    accepted(
        new MasterEvent.BlocksAnnounced(
            new AnnounceBlocks(p.file(), 0, checksums(p.file(), 0, layout.blockCount()), size)));
    hosts.get(origin).feed(p.file(), feedRate);
    return p.file();
  }

  /** Opens a file that grows; nobody knows how far. */
  FileId open(String name, long blockSize, String origin) {
    return open(name, blockSize, null, origin);
  }

  /** Opens a file that grows, to so many bytes as far as its publisher can tell. */
  FileId open(String name, long blockSize, @Nullable Long expectedSize, String origin) {
    FileId file =
        accepted(
                new MasterEvent.PublicationOpened(
                    new OpenPublication(name, null, blockSize, expectedSize, List.of(origin))))
            .file();
    growing.add(file);
    return file;
  }

  /** The file has grown by a block, which its origin holds at once. */
  void grow(FileId file, long blockSize, int block, boolean last, String origin) {
    long size = (block + 1L) * blockSize;
    layouts.put(file, new BlockLayout(size, blockSize));
    if (last) {
      growing.remove(file);
    }
    accepted(
        new MasterEvent.BlocksAnnounced(
            new AnnounceBlocks(file, block, checksums(file, block, 1), last ? size : null)));
    hosts.get(origin).hold(file, block);
  }

  static List<Checksum> checksums(FileId file, int from, int count) {
    List<Checksum> out = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      out.add(
          Checksum.of(
              ByteBuffer.wrap((file + ":" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
    return out;
  }

  Explanation explain(String host, String file) {
    return Objects.requireNonNull(master.explain(host, file, null, now));
  }

  Status status() {
    return master.status(null, now);
  }

  PlanRequest snapshot() {
    return master.snapshot(now);
  }

  double allocated(String resource) {
    return master.allocated(resource);
  }

  boolean done(FileId file) {
    return status().files().stream()
        .filter(f -> f.file().equals(file.name()) && f.version() == file.version())
        .allMatch(Status.FileStatus::done);
  }

  /** Lets time go by until the file is everywhere; fails after {@code limit} seconds. */
  double runUntilDone(FileId file, double limit) {
    double begin = now;
    while (!done(file)) {
      step();
      if (now - begin > limit) {
        throw new AssertionError(
            "not done after " + limit + " s: " + status() + "\n" + String.join("\n", notes));
      }
    }
    return now - begin;
  }

  void run(double seconds) {
    double end = now + seconds;
    while (now < end) {
      step();
    }
  }

  private void step() {
    now += STEP;
    if (masterUp) {
      send(new MasterEvent.Ticked());
      for (PlanRequest request : now < answersAt ? List.<PlanRequest>of() : List.copyOf(asked)) {
        asked.remove(request);
        solved.add(request);
        Solution answer =
            Solvers.named("greedy").solve(request.problem(), LIMITS, SolveMonitor.NONE);
        answers.put(request, answer);
        send(new MasterEvent.PlanMade(new PlanAnswer(request, answer, false)));
      }
    }
    hosts.values().forEach(SimHost::move);
    if (masterUp) {
      hosts.values().forEach(SimHost::talk);
    }
  }

  /** A host on the virtual clock. */
  final class SimHost {
    final String id;
    private final double phase;
    private final Map<FileId, BlockSet> held = new TreeMap<>();
    private final Map<FileId, Double> feeding = new HashMap<>();
    private final Map<Long, Incoming> copies = new LinkedHashMap<>();
    private final List<CopyOutcome> outcomes = new ArrayList<>();
    private final List<Long> brokenOff = new ArrayList<>();
    private final Set<Long> ended = new HashSet<>();
    private final Map<FileId, FileInfo> concerns = new HashMap<>();
    private final Set<FileId> wanted = new HashSet<>();
    final Set<FileId> freed = new HashSet<>();
    private final Set<BlockRef> corrupt = new HashSet<>();
    private final Set<BlockRef> blamed = new HashSet<>();
    boolean alive = true;

    /** Whether the master does not hear it, while it goes on. */
    boolean mute;

    /** Since when it has no link to anybody; NaN: it has one. */
    private double cutAt = Double.NaN;

    /** Whom it says that it can't get anything from, whatever is true. */
    final Set<String> slandered = new HashSet<>();

    /** Whether it says no more than that it waits, whatever it has. */
    boolean idle;

    /** Whether whoever fetches from it finds the stream broken. */
    boolean broken;

    /** What its interface gives, in bytes per second, whatever the network file says. */
    double uplink = Double.POSITIVE_INFINITY;

    private int incarnation = 1;
    private long sequence;
    private long seen;
    private double lastReport;
    private boolean changed = true;
    int fetchedBlocks;

    private static final class Incoming {
      final CopyOrder order;
      int next;
      double bytes;

      Incoming(CopyOrder order) {
        this.order = order;
        this.next = order.first();
      }
    }

    SimHost(String id, double phase) {
      this.id = id;
      this.phase = phase;
    }

    BlockSet held(FileId file) {
      return held.getOrDefault(file, BlockSet.EMPTY);
    }

    void hold(FileId file, int block) {
      held.merge(file, BlockSet.of(block, block), BlockSet::union);
      changed = true;
    }

    void corrupt(FileId file, int block) {
      corrupt.add(new BlockRef(file, block));
    }

    /**
     * Whether it still holds a block that differs from what it should be, and was asked to look.
     */
    boolean servesCorruptly(FileId file) {
      return corrupt.stream().anyMatch(b -> blamed.contains(b) && held(file).contains(b.block()));
    }

    /** It starts anew on an empty disk. */
    void wipe() {
      kill();
      held.clear();
      restart();
    }

    void feed(FileId file, double rate) {
      feeding.put(file, rate);
    }

    /** Those who send to it say that it has broken off its copies. */
    void seemsGone() {
      copies.forEach((id, c) -> hosts.get(c.order.from()).brokenOff.add(id));
    }

    /** It goes on, and nothing reaches it or anybody from it; nobody is told. */
    void loseLink() {
      cutAt = now;
    }

    void regainLink() {
      cutAt = Double.NaN;
      restartTalk();
    }

    private double cutFor() {
      return Double.isNaN(cutAt) ? 0 : now - cutAt;
    }

    void kill() {
      alive = false;
      seemsGone();
      copies.clear();
      outcomes.clear();
      brokenOff.clear();
      ended.clear();
      feeding.clear();
    }

    void restart() {
      alive = true;
      incarnation++;
      seen = 0;
      restartTalk();
    }

    void restartTalk() {
      lastReport = 0;
      changed = true;
    }

    void move() {
      if (!alive) {
        return;
      }
      feeding.forEach(
          (file, rate) -> {
            BlockLayout layout = layouts.get(file);
            int n =
                (int)
                    Math.min(
                        layout.blockCount(),
                        held(file).prefixCount() + Math.max(1, rate * STEP / layout.blockSize()));
            held.put(file, held(file).union(BlockSet.prefix(n)));
            changed = true;
          });
      if (cutFor() > STUCK_AFTER) {
        seemsGone();
      }
      for (Incoming c : List.copyOf(copies.values())) {
        receive(c);
      }
    }

    private void receive(Incoming c) {
      SimHost sender = hosts.get(c.order.from());
      BlockLayout layout = layouts.get(c.order.file());
      if (!sender.alive || sender.broken || slandered.contains(sender.id)) {
        fail(c, CopyOutcome.Reason.BROKEN);
        return;
      }
      if (sender.idle) {
        return;
      }
      double silent = Math.max(cutFor(), sender.cutFor());
      if (silent > 0) {
        if (silent > TIMES_OUT_AFTER) {
          fail(c, CopyOutcome.Reason.TIMED_OUT);
        }
        return;
      }
      c.bytes += sender.gives(c.order.rate()) * STEP;
      while (c.next <= c.order.last()) {
        BlockRef block = new BlockRef(c.order.file(), c.next);
        if (!sender.held(c.order.file()).contains(c.next)) {
          c.bytes = Math.min(c.bytes, c.order.rate() * STEP);
          return;
        }
        if (c.bytes < layout.length(c.next)) {
          return;
        }
        if (sender.corrupt.contains(block)) {
          fail(c, CopyOutcome.Reason.CHECKSUM_DIFFERS);
          return;
        }
        if (held(c.order.file()).contains(c.next)) {
          // A copy that was revoked has brought it, and its report was overtaken by the new order.
          c.next++;
          continue;
        }
        c.bytes -= layout.length(c.next);
        hold(c.order.file(), c.next);
        fetchedBlocks++;
        c.next++;
      }
      copies.remove(c.order.id());
      outcomes.add(new CopyOutcome.Succeeded(c.order.id()));
      ended.add(c.order.id());
    }

    /** What of its uplink a copy gets that asks for a rate: what is short is shared evenly. */
    private double gives(double rate) {
      List<Double> asked =
          hosts.values().stream()
              .flatMap(h -> h.copies.values().stream())
              .filter(c -> c.order.from().equals(id))
              .map(c -> c.order.rate())
              .sorted()
              .toList();
      double left = uplink;
      for (int i = 0; i < asked.size(); i++) {
        double even = left / (asked.size() - i);
        if (asked.get(i) > even) {
          return Math.min(rate, even);
        }
        left -= asked.get(i);
      }
      return rate;
    }

    private void fail(Incoming c, CopyOutcome.Reason reason) {
      copies.remove(c.order.id());
      outcomes.add(
          new CopyOutcome.Failed(
              c.order.id(),
              reason,
              c.next,
              reason == CopyOutcome.Reason.CHECKSUM_DIFFERS
                  ? List.of("host:" + c.order.from())
                  : List.of("host:" + c.order.from(), "path:" + c.order.from() + ">" + id),
              reason.toString()));
      ended.add(c.order.id());
    }

    void talk() {
      boolean due =
          !outcomes.isEmpty()
              || !brokenOff.isEmpty()
              || (changed && now - lastReport >= reportEvery + phase)
              || now - lastReport >= HEARTBEAT;
      if (!alive || mute || cutFor() > 0 || !due) {
        return;
      }
      Report report =
          new Report(
              id,
              "i" + incarnation,
              id + ":7000",
              ++sequence,
              seen,
              true,
              held.entrySet().stream().map(e -> state(e.getKey(), e.getValue())).toList(),
              copies.values().stream()
                  .map(c -> new CopyState(c.order, c.next, waitsFor(c)))
                  .toList(),
              List.copyOf(outcomes),
              List.copyOf(brokenOff));
      outcomes.clear();
      brokenOff.clear();
      lastReport = now;
      changed = false;
      Optional<Orders> orders = accepted(new MasterEvent.Reported(report));
      orders.ifPresent(this::obey);
    }

    private @Nullable Integer waitsFor(Incoming c) {
      SimHost sender = hosts.get(c.order.from());
      return sender.idle || !sender.held(c.order.file()).contains(c.next) ? c.next : null;
    }

    private FileState state(FileId file, BlockSet blocks) {
      BlockLayout layout = layouts.get(file);
      boolean all = blocks.count() == layout.blockCount();
      boolean whole = wanted.contains(file) && all && !growing.contains(file);
      int missing = wanted.contains(file) ? layout.blockCount() - blocks.count() : 0;
      return new FileState(file, blocks, layout.offset(blocks.prefixCount()), missing, whole);
    }

    private void obey(Orders orders) {
      long since = orders.files().since();
      if (since != 0 && since != seen) {
        throw new AssertionError("news to orders " + since + " for one that follows " + seen);
      }
      seen = orders.revision();
      Set<Long> ordered = new HashSet<>();
      for (CopyOrder order : orders.copies()) {
        ordered.add(order.id());
        if (!ended.contains(order.id())) {
          copies.computeIfAbsent(order.id(), i -> new Incoming(order));
        }
      }
      if (copies.keySet().retainAll(ordered)) {
        // The master keeps their share for them until it is told.
        restartTalk();
      }
      if (since == 0) {
        concerns.clear();
      }
      orders.files().gone().forEach(concerns::remove);
      orders.files().files().forEach(f -> concerns.put(f.file(), f));
      Set<FileId> set = new HashSet<>();
      for (FileInfo f : concerns.values()) {
        if (f.wanted()) {
          set.add(f.file());
        }
      }
      changed |= !set.equals(wanted);
      wanted.clear();
      wanted.addAll(set);
      for (FileId f : orders.free()) {
        if (!set.contains(f) && held.containsKey(f)) {
          held.remove(f);
          feeding.remove(f);
          freed.add(f);
          changed = true;
        }
      }
      for (BlockRef b : orders.verify()) {
        blamed.add(b);
        if (corrupt.remove(b)) {
          held.computeIfPresent(
              b.file(),
              (f, blocks) ->
                  blocks.minus(BlockSet.of(List.of(new BlockRange(b.block(), b.block())))));
          changed = true;
        }
      }
    }
  }
}
