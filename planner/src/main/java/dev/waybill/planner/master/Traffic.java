package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.CopyOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The copies of the master: those of the schedule that wait, those that have been ordered, and the
 * books that say when one that waits may be ordered.
 *
 * <p>A waiting copy is ordered as soon as what it needs is left on every resource, but never before
 * an earlier one of the schedule that needs one of the same resources, unless that waits for its
 * blocks and what it needs stays free: so the schedule's order is kept on each resource while its
 * clock is not.
 */
final class Traffic {
  /** More wait for the next event, so that no report waits for all of a big network's orders. */
  private static final int LOOKED_AT_ONCE = 256;

  /**
   * A copy that is over sooner than this many seconds has its average over them allocated, and for
   * so long, not its rate: else many small ones would wait for each other's ends to be reported.
   */
  private static final double AVERAGED_SECONDS = 0.05;

  /** So many copies that are over so soon a host carries out at once, of each of its two sides. */
  private static final int MOST_SHORT = 64;

  /** So many of a sender are set aside: whatever happens to it, all of them are looked at. */
  private static final int MOST_ASIDE = 32;

  /** The share of the rate of all copies below which what is left counts as the last of them. */
  private static final double THIN = 0.75;

  private Network network;
  private final Ledger ledger;
  private final StartRate rates;

  /** Copies of earlier masters that this one has booked, also those that have ended since. */
  private final Set<Long> adopted = new HashSet<>();

  private final Map<Long, Running> running = new LinkedHashMap<>();

  /** The same copies, by receiver and by sender. */
  private final Map<String, Map<Long, Running>> byReceiver = new HashMap<>();

  private final Map<String, Map<Long, Running>> bySender = new HashMap<>();

  /** And by what they bring where. */
  private final Map<Delivery, Map<Long, Running>> byDelivery = new HashMap<>();

  /** What running copies have together, in bytes per second, and the most that was of late. */
  private double allocated;

  private double mostAllocated;
  private WaitingCopies waiting = new WaitingCopies();
  private final List<Retired> retired = new ArrayList<>();

  /**
   * A copy that was ended before its time, whose share is kept until its receiver follows orders
   * without it, but not for ever.
   */
  private record Retired(Running copy, long revision, double until) {}

  /** To whom which file is brought. */
  record Delivery(String host, FileId file) {}

  /**
   * A copy of the schedule in force that has not been ordered.
   *
   * @param start when the schedule wants it to begin, in seconds by the master's clock; it sorts,
   *     and no more
   */
  record Planned(
      FileId file, String from, String to, int first, int last, double start, double rate) {
    /**
     * What is left of it once it has come to {@code block}.
     *
     * @param bytes of its blocks up to that one
     */
    Planned after(int block, long bytes) {
      return new Planned(file, from, to, block + 1, last, start + bytes / rate, rate);
    }

    /** When the schedule wants a block of it to begin, in seconds by the master's clock. */
    double startOf(int block, BlockLayout layout) {
      return block == first ? start : start + layout.span(first, block - 1) / rate;
    }

    Planned at(double otherRate) {
      return new Planned(file, from, to, first, last, start, otherRate);
    }
  }

  /** A copy that has been ordered and has not ended. */
  static final class Running {
    private final CopyOrder order;
    private final String to;
    private final long revision;
    private final double orderedAt;
    private final double share;

    /** The block that its sender waits for and has; null: it waits for none. */
    private @Nullable Integer idleFor;

    private double idleSince;
    private Pace.Mark mark;

    /**
     * @param bytes that it brings
     */
    Running(CopyOrder order, String to, long revision, double orderedAt, long bytes) {
      this.order = order;
      this.to = to;
      this.revision = revision;
      this.orderedAt = orderedAt;
      this.share = shareOf(order.rate(), bytes);
      this.mark = new Pace.Mark(orderedAt, 0, share, false, false);
    }

    /** What is allocated for it on every resource of its way, in bytes per second. */
    double share() {
      return share;
    }

    /** How long its share stays allocated, however soon it ends. */
    double keepsUntil() {
      return share < order.rate() ? orderedAt + AVERAGED_SECONDS : 0;
    }

    /** When it was ordered, or taken up by this master, in seconds. */
    double orderedAt() {
      return orderedAt;
    }

    /**
     * For how long its sender has waited for a block that it has, in seconds.
     *
     * @param block for which it waits now; null: for none that it has
     */
    double waitsForNothing(@Nullable Integer block, double now) {
      if (!Objects.equals(block, idleFor)) {
        idleFor = block;
        idleSince = now;
      }
      return block == null ? 0 : now - idleSince;
    }

    /** Whether its sender says that it waits for a block that it has. */
    boolean isKeptWaiting() {
      return idleFor != null;
    }

    /** How far it had come when that was last looked at. */
    Pace.Mark mark() {
      return mark;
    }

    void mark(Pace.Mark reached) {
      mark = reached;
    }

    CopyOrder order() {
      return order;
    }

    String to() {
      return to;
    }

    Delivery delivery() {
      return new Delivery(to, order.file());
    }

    /** Of the receiver's orders that first held it. */
    long revision() {
      return revision;
    }

    /** All that it brings, also what has arrived by now. */
    BlockSet blocks() {
      return BlockSet.of(order.first(), order.last());
    }
  }

  /** Whether and how a waiting copy can be ordered; asked just before. */
  interface Gate {
    /** The order for these blocks of the copy. */
    Running order(Planned planned, BlockRange blocks);

    /** The bytes of some blocks of the copy's file. */
    long bytes(Planned planned, BlockRange blocks);

    /** Whether these blocks, once ordered, can come at such a rate: the sender has all of them. */
    boolean goesAt(double rate, Planned planned, BlockRange blocks);

    /** Which of the copy's blocks the receiver still lacks. */
    BlockSet lacking(Planned planned);

    /**
     * As many of these blocks, from the first on, as may be ordered at once; null: none yet. A copy
     * whose later blocks come to its sender by copies that wait behind it would wait for ever.
     */
    @Nullable BlockRange ready(Planned planned, BlockRange blocks);

    /** What a running copy takes yet at its rate. */
    double secondsLeft(Running copy);

    /** Whether sender and receiver can be told to. */
    boolean open(Planned planned);
  }

  Traffic(Network network) {
    this.network = network;
    this.ledger = new Ledger(network.resources());
    this.rates = new StartRate(ledger, running);
  }

  Ledger ledger() {
    return ledger;
  }

  Collection<Running> running() {
    return Collections.unmodifiableCollection(running.values());
  }

  @Nullable Running running(long id) {
    return running.get(id);
  }

  List<Running> to(String host) {
    return List.copyOf(byReceiver.getOrDefault(host, Map.of()).values());
  }

  /** Those that bring blocks of a file to a host. */
  List<Running> to(String host, FileId file) {
    return List.copyOf(byDelivery.getOrDefault(new Delivery(host, file), Map.of()).values());
  }

  /** Whether a running copy brings blocks of a file to a host. */
  boolean brings(String host, FileId file) {
    return byDelivery.containsKey(new Delivery(host, file));
  }

  /** The blocks of a file that running copies bring to a host; it may hold some of them by now. */
  BlockSet incoming(String host, FileId file) {
    return incoming(host, file, Set.of());
  }

  /** The same without some copies, by their ids. */
  BlockSet incoming(String host, FileId file, Set<Long> without) {
    BlockSet blocks = BlockSet.EMPTY;
    for (Running r : to(host, file)) {
      if (!without.contains(r.order().id())) {
        blocks = blocks.union(r.blocks());
      }
    }
    return blocks;
  }

  /** Those that a host sends. */
  List<Running> from(String host) {
    return List.copyOf(bySender.getOrDefault(host, Map.of()).values());
  }

  /** Whether a host is sending blocks of a file. */
  boolean from(String host, FileId file) {
    return sentBy(host, file).findAny().isPresent();
  }

  /** The copies of a file that a host sends. */
  Stream<Running> sentBy(String host, FileId file) {
    return bySender.getOrDefault(host, Map.of()).values().stream()
        .filter(r -> r.order().file().equals(file));
  }

  /** The network is this from now on; copies that run go on. */
  void network(Network other) {
    network = other;
  }

  private void add(Running copy) {
    long id = copy.order().id();
    allocated += copy.share();
    mostAllocated = Math.max(mostAllocated, allocated);
    running.put(id, copy);
    byReceiver.computeIfAbsent(copy.to(), h -> new LinkedHashMap<>()).put(id, copy);
    bySender.computeIfAbsent(copy.order().from(), h -> new LinkedHashMap<>()).put(id, copy);
    byDelivery.computeIfAbsent(copy.delivery(), d -> new LinkedHashMap<>()).put(id, copy);
  }

  /** The network is another one: what waits has its way there, or is left out. */
  void replanWaiting() {
    plan(new WaitingCopies(waiting.all(), network));
  }

  /** Something has happened to a host that may let copies to or from it begin. */
  void touch(String host) {
    waiting.touchHost(host);
  }

  /** Anything may have happened. */
  void touchAll() {
    waiting.touchAll();
  }

  /** The copies of the schedule that are to bring a file to a host. */
  List<WaitingCopies.Entry> waitingFor(String host, FileId file) {
    return waiting.to(host, file);
  }

  /** The resource that a waiting copy waits for; null where it waits for none. */
  @Nullable String heldBackBy(WaitingCopies.Entry e) {
    if (e.isAside()) {
      return null;
    }
    double rate = possible(e).rate();
    for (String resource : e.way()) {
      if (!ledger.fits(Set.of(resource), rate)) {
        return resource;
      }
    }
    return waiting.behindOn(e);
  }

  int waitingCount() {
    return waiting.size();
  }

  /** When the first of the copies that wait is to start, in seconds; infinity where none waits. */
  double firstWaiting() {
    return waiting.first();
  }

  /** The copies of the schedule that wait, the first to start first. */
  List<Planned> waiting() {
    return waiting.all();
  }

  /** Puts a new schedule in force; copies that run go on. */
  void plan(WaitingCopies copies) {
    waiting = copies;
    ledger.giveUpAll();
  }

  /**
   * Whether running copies have together so much less than copies had that what others have left
   * could make them sooner done. From then on it is compared with what they have now.
   */
  boolean hasThinned() {
    boolean thin = allocated < THIN * mostAllocated;
    mostAllocated = thin ? allocated : mostAllocated;
    return thin;
  }

  /**
   * Whether a copy that an earlier master is said to have ordered can be booked: it is not known
   * yet, also as one that has been ended since, and its way can carry it.
   */
  boolean mayAdopt(CopyOrder order, String to) {
    boolean known = network.hosts().containsKey(order.from());
    Set<String> way = known ? network.way(order.from(), to) : null;
    return way != null && !adopted.contains(order.id()) && ledger.carries(way, order.rate());
  }

  /** Books a copy that an earlier master has ordered. */
  void adopt(Running copy) {
    adopted.add(copy.order().id());
    Set<String> way = Objects.requireNonNull(network.way(copy.order().from(), copy.to()));
    ledger.adopt(copy.order().id(), way, copy.share());
    add(copy);
  }

  /** Takes a copy that has ended off the books; null where it is not on them. */
  @Nullable Running end(long id) {
    Running gone = remove(id);
    if (gone != null && gone.keepsUntil() > 0) {
      retired.add(new Retired(gone, Long.MAX_VALUE, gone.keepsUntil()));
    } else if (gone != null) {
      ledger.release(id).forEach(waiting::touchResource);
    }
    return gone;
  }

  /**
   * Takes a copy off the list that its receiver is told to end, though it goes on until then. What
   * it has allocated stays so until the receiver says that it follows these orders.
   *
   * @param revision of the receiver's first orders without it
   * @param until when the receiver counts as gone if it has not said so, in seconds
   */
  void retire(Running copy, long revision, double until) {
    if (remove(copy.order().id()) != null) {
      retired.add(new Retired(copy, revision, until));
    }
  }

  /** A host says which orders it follows. */
  void follows(String host, long revision) {
    freeRetired(r -> r.copy.to().equals(host) && r.revision <= revision);
  }

  /** A sender says that a copy which was ended before its time carries nothing any more. */
  void brokenOff(String sender, long id) {
    freeRetired(r -> r.copy.order().id() == id && r.copy.order().from().equals(sender));
  }

  /** Capacities have changed: what those copies still carry has no share in the new ones. */
  void forgetRetired() {
    freeRetired(r -> true);
  }

  private void freeRetired(Predicate<Retired> which) {
    for (Retired r : List.copyOf(retired)) {
      if (which.test(r)) {
        retired.remove(r);
        ledger.release(r.copy.order().id()).forEach(waiting::touchResource);
      }
    }
  }

  private @Nullable Running remove(long id) {
    Running gone = running.remove(id);
    if (gone != null) {
      allocated = running.isEmpty() ? 0 : allocated - gone.share();
      mostAllocated = running.isEmpty() ? 0 : mostAllocated;
      waiting.touchHost(gone.to());
      waiting.touchHost(gone.order().from());
      byReceiver.getOrDefault(gone.to(), new HashMap<>()).remove(id);
      bySender.getOrDefault(gone.order().from(), new HashMap<>()).remove(id);
      byDelivery.computeIfPresent(gone.delivery(), (d, copies) -> without(copies, id));
    }
    return gone;
  }

  private static @Nullable Map<Long, Running> without(Map<Long, Running> copies, long id) {
    copies.remove(id);
    return copies.isEmpty() ? null : copies;
  }

  /** Orders waiting copies whose turn it has become, not all at once; returns them. */
  List<Running> release(Gate gate, double now) {
    freeRetired(r -> r.until <= now);
    List<Running> released = new ArrayList<>();
    for (int looked = 0; looked < LOOKED_AT_ONCE; looked++) {
      WaitingCopies.Entry e = waiting.next();
      if (e == null) {
        break;
      }
      double kept = e.kept();
      if (kept > 0) {
        ledger.giveUp(e.way(), kept);
        e.keep(0);
      }
      Running copy = look(e, gate);
      if (copy != null) {
        released.add(copy);
      }
      if (e.kept() < kept) {
        e.way().forEach(waiting::touchResource);
      }
    }
    return released;
  }

  /** Orders a waiting copy where it can be; null where not, or where nothing is left of it. */
  private @Nullable Running look(WaitingCopies.Entry e, Gate gate) {
    Planned p = possible(e);
    BlockSet lacking = gate.lacking(p);
    if (lacking.isEmpty()) {
      waiting.remove(e);
      return null;
    }
    boolean open = gate.open(p);
    BlockRange next = open ? gate.ready(p, lacking.ranges().get(0)) : null;
    if (next == null) {
      keepRoom(e, p, open, gate);
      return null;
    }
    double rate = rates.of(p, e.way(), next, gate);
    if (rate < p.rate()) {
      // At less, fewer blocks may be there before a window closes.
      next = gate.ready(p.at(rate), next);
    }
    if (next == null) {
      waiting.takeBack(e);
      return null;
    }
    double share = shareOf(rate, gate.bytes(p, next));
    if (!ledger.fits(e.way(), share) || (share < rate && hasManyCopies(p))) {
      waiting.takeBack(e);
      return null;
    }
    Running copy = gate.order(p.at(rate), next);
    ledger.allocate(copy.order().id(), e.way(), copy.share());
    add(copy);
    if (next.last() < p.last()) {
      long bytes = gate.bytes(p, new BlockRange(p.first(), next.last()));
      waiting.shorten(e, e.planned().after(next.last(), bytes));
    } else {
      waiting.remove(e);
    }
    // Its receiver may pass on what it is being sent.
    waiting.touchHost(p.to());
    return copy;
  }

  /** A waiting copy at its rate, or at what its resources are believed to have by now. */
  private Planned possible(WaitingCopies.Entry e) {
    double most = ledger.most(e.way());
    Planned p = e.planned();
    return most > 0 && most < p.rate() ? p.at(most) : p;
  }

  /**
   * One that is first everywhere and whose blocks are not there holds up all that come after it on
   * its resources; where what it needs can be kept free for it, they need not wait (backfilling:
   * Lifka, "The ANL/IBM SP scheduling system", 1995).
   */
  private void keepRoom(WaitingCopies.Entry e, Planned p, boolean open, Gate gate) {
    double rate = shareOf(p.rate(), gate.bytes(p, new BlockRange(p.first(), p.last())));
    boolean may = e.isAside() || (open && waiting.asideFrom(p.from()) < MOST_ASIDE);
    if (may && ledger.keep(e.way(), rate)) {
      e.keep(rate);
      waiting.setAside(e);
    } else {
      waiting.takeBack(e);
    }
  }

  private boolean hasManyCopies(Planned p) {
    return byReceiver.getOrDefault(p.to(), Map.of()).size() >= MOST_SHORT
        || bySender.getOrDefault(p.from(), Map.of()).size() >= MOST_SHORT;
  }

  /** What a copy at a rate has allocated, in bytes per second. */
  static double shareOf(double rate, long bytes) {
    return Math.min(rate, bytes / AVERAGED_SECONDS);
  }
}
