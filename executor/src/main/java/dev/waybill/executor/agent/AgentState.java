package dev.waybill.executor.agent;

import dev.waybill.executor.agent.AgentEffect.Level;
import dev.waybill.executor.agent.AgentEffect.Say;
import dev.waybill.executor.agent.AgentEvent.BlockSuspected;
import dev.waybill.executor.agent.AgentEvent.BlocksHeld;
import dev.waybill.executor.agent.AgentEvent.BlocksLost;
import dev.waybill.executor.agent.AgentEvent.BrokenOff;
import dev.waybill.executor.agent.AgentEvent.ChecksumMissing;
import dev.waybill.executor.agent.AgentEvent.CopyEnded;
import dev.waybill.executor.agent.AgentEvent.CopyWaits;
import dev.waybill.executor.agent.AgentEvent.FileFound;
import dev.waybill.executor.agent.AgentEvent.FileSetFound;
import dev.waybill.executor.agent.AgentEvent.Freed;
import dev.waybill.executor.agent.AgentEvent.HostUnknown;
import dev.waybill.executor.agent.AgentEvent.ManifestFailed;
import dev.waybill.executor.agent.AgentEvent.ManifestRefused;
import dev.waybill.executor.agent.AgentEvent.ManifestStored;
import dev.waybill.executor.agent.AgentEvent.OpenFailed;
import dev.waybill.executor.agent.AgentEvent.OrdersCame;
import dev.waybill.executor.agent.AgentEvent.PublishFailed;
import dev.waybill.executor.agent.AgentEvent.Published;
import dev.waybill.executor.agent.AgentEvent.ReportAnswered;
import dev.waybill.executor.agent.AgentEvent.ReportFailed;
import dev.waybill.executor.agent.AgentEvent.Tick;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyState;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import dev.waybill.model.protocol.FileSet;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The core of the executor: what this host holds, what it has been ordered to fetch, and what the
 * master has been told. Events go in with the time, effects come out. For one thread; no I/O.
 */
public final class AgentState {
  private static final long MANIFEST_AGAIN_MILLIS = 1000;
  private static final long REFUSED_AGAIN_MILLIS = 1000;
  private static final long REFUSED_AT_MOST_MILLIS = 30_000;
  private static final long PUBLISH_AGAIN_MILLIS = 10_000;

  private final String host;
  private final String incarnation;
  private final String address;

  private final TreeMap<FileId, LocalFile> files = new TreeMap<>();

  /** The file versions that concern this host, by what the master last said of them. */
  private final TreeMap<FileId, FileInfo> concerns = new TreeMap<>();

  /**
   * Those of which something is yet to be learned or to be made; most of many files are neither.
   */
  private final TreeMap<FileId, LocalFile> unsettled = new TreeMap<>();

  private final Map<Long, CopyOrder> running = new LinkedHashMap<>();

  /** The blocks that their senders wait for themselves. */
  private final Map<Long, Integer> waits = new HashMap<>();

  /** How copies ended that the orders still hold. */
  private final Map<Long, CopyOutcome> ended = new HashMap<>();

  private final Reporting reporting = new Reporting();
  private final Assessment assessment;
  private Set<BlockRef> toVerify = Set.of();
  private FileSet fileSet = new FileSet(0, List.of());
  private @Nullable Long seenRevision;
  private boolean registered;

  /** Why the master has not answered since it last did, as has been said. */
  private final Set<String> outage = new HashSet<>();

  private long nowMillis;
  private List<AgentEffect> effects = new ArrayList<>();

  /**
   * @param host the id of this host
   * @param incarnation differs from one start of this executor to the next
   * @param address {@code HOST:PORT} at which other executors reach it
   */
  public AgentState(String host, String incarnation, String address) {
    this.host = host;
    this.incarnation = incarnation;
    this.address = address;
    this.assessment = new Assessment(host);
  }

  /** The revision of the orders that are followed; 0 where there are none. */
  public long seenRevision() {
    return seenRevision == null ? 0 : seenRevision;
  }

  /**
   * Takes in one event.
   *
   * @param now milliseconds on a clock that does not go backwards
   * @return what is to be done, in this order
   */
  public List<AgentEffect> apply(long now, AgentEvent event) {
    nowMillis = now;
    effects = new ArrayList<>();
    on(event);
    if (!(event instanceof FileFound || event instanceof FileSetFound)) {
      publishWhole();
      fetchManifests();
      report();
    }
    return effects;
  }

  private void on(AgentEvent event) {
    if (event instanceof BlocksHeld e) {
      assessment.arrived();
      held(e);
    } else if (event instanceof BlocksLost e) {
      lost(e);
    } else if (event instanceof CopyEnded e) {
      copyEnded(e.outcome());
    } else if (event instanceof CopyWaits e) {
      waits(e.copy(), e.block());
    } else if (event instanceof OrdersCame e) {
      orders(e.orders());
    } else if (event instanceof ReportAnswered e) {
      answered(e);
    } else if (event instanceof ReportFailed e) {
      failed(e);
    } else if (event instanceof OpenFailed e) {
      openFailed(e.file());
    } else if (event instanceof ManifestStored e) {
      manifestStored(e);
    } else if (event instanceof ManifestRefused e) {
      manifestRefused(e);
    } else if (event instanceof ManifestFailed e) {
      manifestFailed(e);
    } else if (event instanceof ChecksumMissing e) {
      checksumMissing(e);
    } else if (event instanceof BrokenOff e) {
      reporting.brokenOff(e.copy());
    } else if (event instanceof BlockSuspected e) {
      effects.add(new AgentEffect.Scrub(e.file(), BlockSet.of(e.block(), e.block())));
    } else if (event instanceof Published e) {
      published(e.file());
    } else if (event instanceof PublishFailed e) {
      publishFailed(e);
    } else if (event instanceof FileFound e) {
      found(e);
    } else if (event instanceof FileSetFound e) {
      fileSet = e.fileSet();
      // Whatever this epoch's master says is newer; what an earlier one says is not obeyed.
      seenRevision = Orders.number(fileSet.epoch(), 0);
    } else if (event instanceof Freed e) {
      freed(e.file());
    } else if (event instanceof HostUnknown) {
      effects.add(new AgentEffect.GiveUp("the master knows no host '" + host + "'"));
    } else if (!(event instanceof Tick)) {
      throw new IllegalStateException("an event of no known kind: " + event);
    }
  }

  private void say(Level level, String format, Object... args) {
    effects.add(new Say(level, String.format(Locale.ROOT, format, args)));
  }

  // ---- what is on disk ----

  private void found(FileFound e) {
    LocalFile f = new LocalFile(e.file(), e.blockSize(), nowMillis);
    f.knownBlocks = e.knownBlocks();
    f.size = e.size();
    f.held = e.held();
    f.published = e.published();
    f.wanted = fileSet.files().contains(f.id);
    files.put(f.id, f);
    unsettled.put(f.id, f);
  }

  private void held(BlocksHeld e) {
    LocalFile f = fileOf(e.file());
    f.held = f.held.union(e.blocks());
    changed(f);
  }

  private void lost(BlocksLost e) {
    LocalFile f = fileOf(e.file());
    f.held = f.held.minus(e.blocks());
    f.published = false;
    changed(f);
    reporting.urgent();
    say(Level.WARN, "blocks %s of %s are damaged and have been given up", e.blocks(), f.id);
  }

  private LocalFile fileOf(FileId id) {
    LocalFile f = files.get(id);
    if (f == null) {
      throw new IllegalStateException("blocks of " + id + ", which was never opened");
    }
    return f;
  }

  private void changed(LocalFile f) {
    f.change = reporting.nextChange();
    unsettled.put(f.id, f);
  }

  // ---- orders ----

  private void orders(Orders orders) {
    if (orders.epoch() < Orders.epochOf(seenRevision())) {
      say(Level.WARN, "orders of a master whose epoch %d is over are not obeyed", orders.epoch());
      return;
    }
    if (orders.resync()) {
      // A master without this host's state can't know which copies are to go on.
      reporting.resync();
      return;
    }
    if (seenRevision != null && orders.revision() <= seenRevision) {
      return;
    }
    seenRevision = orders.revision();
    if (!orders.files().tellNothing()) {
      take(orders.files());
      obtain(orders.epoch());
    }
    reconcile(orders.copies());
    verify(orders.verify());
    free(orders);
  }

  private void take(FileNews news) {
    if (news.since() == 0) {
      concerns.clear();
    }
    news.gone().forEach(concerns::remove);
    for (FileInfo info : news.files()) {
      concerns.put(info.file(), info);
      concern(info);
    }
  }

  /** The file set is what the master says it is; it is kept before anything else is done. */
  private void obtain(long epoch) {
    List<FileId> wanted =
        concerns.values().stream().filter(FileInfo::wanted).map(FileInfo::file).toList();
    FileSet now = new FileSet(epoch, wanted);
    if (!now.equals(fileSet)) {
      fileSet = now;
      effects.add(new AgentEffect.KeepFileSet(now));
    }
    Set<FileId> set = new HashSet<>(wanted);
    for (LocalFile f : files.values()) {
      int missing = f.missing();
      f.wanted = set.contains(f.id);
      if (f.missing() != missing) {
        changed(f);
      }
    }
  }

  /** Deletes what nobody needs here, unless it is in the file set or on its way. */
  private void free(Orders orders) {
    for (FileId id : orders.free()) {
      LocalFile f = files.get(id);
      boolean inUse =
          concerns.containsKey(id) || running.values().stream().anyMatch(c -> c.file().equals(id));
      if (f != null && !f.freeing && !inUse) {
        f.freeing = true;
        effects.add(new AgentEffect.Free(id));
      }
    }
  }

  private void freed(FileId id) {
    LocalFile f = fileOf(id);
    f.freeing = false;
    f.held = BlockSet.EMPTY;
    f.published = false;
    f.forget();
    FileInfo again = concerns.get(id);
    if (again != null) {
      concern(again);
    }
    changed(f);
    reporting.urgent();
    say(Level.INFO, "%s has been deleted: nobody needs it here any more", id);
  }

  private void concern(FileInfo info) {
    LocalFile f =
        files.computeIfAbsent(info.file(), id -> new LocalFile(id, info.blockSize(), nowMillis));
    f.info = info;
    unsettled.put(f.id, f);
    openFile(info);
  }

  private void openFile(FileInfo info) {
    effects.add(new AgentEffect.OpenFile(info.file(), info.blockSize(), info.origin()));
  }

  private void openFailed(FileId id) {
    fileOf(id).unopened = true;
  }

  /** What the disk has refused is tried once more when it is needed. */
  private void openAgain(@Nullable LocalFile f) {
    if (f != null && f.unopened && f.info != null) {
      f.unopened = false;
      openFile(f.info);
    }
  }

  private void reconcile(List<CopyOrder> orders) {
    Set<Long> ordered = new HashSet<>();
    orders.forEach(o -> ordered.add(o.id()));
    List.copyOf(running.keySet()).stream().filter(id -> !ordered.contains(id)).forEach(this::close);
    ended.keySet().retainAll(ordered);
    for (CopyOrder order : orders) {
      CopyOutcome outcome = ended.get(order.id());
      if (outcome != null) {
        reporting.outcome(outcome);
      } else if (!running.containsKey(order.id())) {
        open(order);
      }
    }
  }

  /** The master is told at once: until then it keeps the copy's share for it. */
  private void close(long id) {
    running.remove(id);
    waits.remove(id);
    reporting.urgent();
    effects.add(new AgentEffect.CloseCopy(id));
  }

  private void open(CopyOrder order) {
    LocalFile f = files.get(order.file());
    BlockSet wanted = BlockSet.of(order.first(), order.last());
    BlockSet missing = f == null ? wanted : f.missing(wanted);
    if (missing.isEmpty()) {
      ended(new CopyOutcome.Succeeded(order.id()));
      return;
    }
    running.put(order.id(), order);
    openAgain(f);
    effects.add(new AgentEffect.OpenCopy(order, missing));
  }

  private void ended(CopyOutcome outcome) {
    ended.put(outcome.id(), outcome);
    reporting.outcome(outcome);
  }

  private void copyEnded(CopyOutcome outcome) {
    CopyOrder copy = running.remove(outcome.id());
    waits.remove(outcome.id());
    if (copy == null) {
      return;
    }
    if (!(outcome instanceof CopyOutcome.Failed failed)) {
      ended(outcome);
    } else {
      CopyOutcome.Failed f = assessment.of(failed, copy, nowMillis);
      ended(f);
      say(
          Level.WARN,
          "copy %d of %s from %s failed at block %d: %s; blamed: %s",
          f.id(),
          copy.file(),
          copy.from(),
          f.block(),
          f.detail(),
          f.blamed().isEmpty() ? "nobody" : String.join(", ", f.blamed()));
    }
  }

  private void verify(List<BlockRef> blocks) {
    Map<FileId, BlockSet> suspects = new TreeMap<>();
    for (BlockRef ref : blocks) {
      if (!toVerify.contains(ref)) {
        suspects.merge(ref.file(), BlockSet.of(ref.block(), ref.block()), BlockSet::union);
      }
    }
    toVerify = Set.copyOf(blocks);
    suspects.forEach((file, set) -> effects.add(new AgentEffect.Scrub(file, set)));
  }

  // ---- manifests ----

  private void fetchManifests() {
    for (LocalFile f : unsettled.values()) {
      if (f.manifestBehind() && nowMillis >= f.fetchAgainMillis) {
        fetch(f);
      }
    }
  }

  private void fetch(LocalFile f) {
    if (!f.fetching) {
      f.fetching = true;
      openAgain(f);
      effects.add(new AgentEffect.FetchManifest(f.id));
    }
  }

  private void manifestStored(ManifestStored e) {
    LocalFile f = fileOf(e.file());
    boolean more = e.knownBlocks() > f.knownBlocks || (e.size() != null && f.size == null);
    f.fetching = false;
    f.fetchAgainMillis = more ? nowMillis : nowMillis + MANIFEST_AGAIN_MILLIS;
    f.knownBlocks = e.knownBlocks();
    if (e.size() != null && f.size == null) {
      f.size = e.size();
      changed(f);
    }
    // Whether the last block that is known may be a short one only the size can tell.
    int verifiable = f.size == null ? f.knownBlocks - 1 : f.knownBlocks;
    boolean askAgain = f.awaitedChecksum >= verifiable;
    f.awaitedChecksum = -1;
    if (askAgain) {
      fetch(f);
    }
    f.refusedPauseMillis = 0;
    if (f.refusal != null) {
      f.refusal = null;
      changed(f);
      reporting.urgent();
      say(Level.INFO, "the manifest of %s is believed now", f.id);
    }
  }

  /** Asked for again, less and less often: whoever is to sign it may do so yet. */
  private void manifestRefused(ManifestRefused e) {
    LocalFile f = fileOf(e.file());
    f.fetching = false;
    f.refusedPauseMillis =
        Math.min(REFUSED_AT_MOST_MILLIS, Math.max(REFUSED_AGAIN_MILLIS, 2 * f.refusedPauseMillis));
    f.fetchAgainMillis = nowMillis + f.refusedPauseMillis;
    if (!e.reason().equals(f.refusal)) {
      f.refusal = e.reason();
      changed(f);
      reporting.urgent();
      say(Level.WARN, "nothing of %s is taken: it %s", f.id, e.reason());
    }
  }

  private void manifestFailed(ManifestFailed e) {
    LocalFile f = fileOf(e.file());
    f.fetching = false;
    f.fetchAgainMillis = nowMillis + MANIFEST_AGAIN_MILLIS;
    if (outage.isEmpty()) {
      say(Level.WARN, "the manifest of %s: %s; trying again", f.id, e.reason());
    }
  }

  private void checksumMissing(ChecksumMissing e) {
    LocalFile f = files.get(e.file());
    if (f != null
        && (e.block() >= f.knownBlocks || f.size == null)
        && (f.refusal == null || nowMillis >= f.fetchAgainMillis)) {
      if (f.fetching) {
        f.awaitedChecksum = Math.max(f.awaitedChecksum, e.block());
      }
      fetch(f);
    }
  }

  // ---- publishing ----

  private void publishWhole() {
    unsettled.values().removeIf(LocalFile::isSettled);
    for (LocalFile f : unsettled.values()) {
      if (!f.published && !f.publishing && nowMillis >= f.publishAgainMillis && f.whole()) {
        f.publishing = true;
        effects.add(new AgentEffect.Publish(f.id));
      }
    }
  }

  private void published(FileId id) {
    LocalFile f = fileOf(id);
    f.publishing = false;
    if (!f.whole()) {
      return;
    }
    f.published = true;
    changed(f);
    reporting.urgent();
    say(
        Level.INFO,
        "%s is complete: %d bytes, every block verified, %.1f s",
        id,
        f.state().prefixLength(),
        (nowMillis - f.sinceMillis) / 1e3);
  }

  private void publishFailed(PublishFailed e) {
    LocalFile f = fileOf(e.file());
    f.publishing = false;
    f.publishAgainMillis = nowMillis + PUBLISH_AGAIN_MILLIS;
    say(Level.WARN, "%s; trying again", e.reason());
  }

  // ---- reports ----

  private void report() {
    if (!reporting.due(nowMillis)) {
      return;
    }
    long sequence = reporting.begin(nowMillis);
    List<FileState> states =
        files.values().stream()
            .filter(f -> reporting.tells(f.change))
            .map(LocalFile::state)
            .toList();
    Report report =
        new Report(
            host,
            incarnation,
            address,
            sequence,
            seenRevision(),
            reporting.complete(),
            states,
            running.values().stream().map(this::state).toList(),
            reporting.outcomes(),
            reporting.brokenOff());
    effects.add(new AgentEffect.SendReport(report));
  }

  private CopyState state(CopyOrder order) {
    LocalFile f = files.get(order.file());
    BlockSet wanted = BlockSet.of(order.first(), order.last());
    BlockSet missing = f == null ? wanted : wanted.minus(f.held);
    int next = missing.isEmpty() ? order.last() + 1 : missing.ranges().get(0).first();
    Integer waitsFor = waits.get(order.id());
    boolean lacks = waitsFor != null && missing.contains(waitsFor);
    return new CopyState(order, next, lacks ? waitsFor : null);
  }

  private void waits(long copy, @Nullable Integer block) {
    if (block != null && running.containsKey(copy)) {
      waits.put(copy, block);
    } else {
      waits.remove(copy);
    }
  }

  private void answered(ReportAnswered e) {
    Orders orders = e.orders();
    if (!reporting.answered(e.sequence())) {
      return;
    }
    if (!outage.isEmpty()) {
      say(Level.INFO, "the master answers again");
    } else if (!registered) {
      say(Level.INFO, "registered as %s at %s", host, address);
    }
    registered = true;
    outage.clear();
    if (orders != null) {
      orders(orders);
    }
  }

  private void failed(ReportFailed e) {
    // A reason may name the time, which makes it no other one.
    String reason = e.reason().replaceFirst("; here it is .*", "");
    if (reporting.failed(e.sequence(), nowMillis) && outage.add(reason)) {
      say(Level.WARN, "%s; trying again, copies go on meanwhile", e.reason());
    }
  }
}
