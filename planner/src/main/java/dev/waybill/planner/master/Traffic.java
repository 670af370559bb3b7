package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.CopyOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The copies of the master: those of the schedule that wait, those that have been ordered, and the
 * books that say when one that waits may be ordered.
 *
 * <p>A waiting copy is ordered as soon as what it needs is left on every resource, but never before
 * an earlier one of the schedule that needs one of the same resources: so the schedule's order is
 * kept on each resource while its clock is not.
 */
final class Traffic {
  /** So many waiting copies are looked at for each event; a schedule may have millions. */
  private static final int LOOKAHEAD = 4096;

  private final Network network;
  private final Ledger ledger;
  private final Map<Long, Running> running = new LinkedHashMap<>();
  private Deque<Planned> waiting = new ArrayDeque<>();

  /**
   * A copy of the schedule in force that has not been ordered.
   *
   * @param start when the schedule wants it to begin, in seconds by the master's clock; it sorts,
   *     and no more
   */
  record Planned(
      FileId file, String from, String to, int first, int last, double start, double rate) {
    /** What is left of it once it has come to {@code block}. */
    Planned after(int block) {
      return new Planned(file, from, to, block + 1, last, start, rate);
    }
  }

  /** A copy that has been ordered and has not ended. */
  static final class Running {
    private final CopyOrder order;
    private final String to;
    private final long revision;

    Running(CopyOrder order, String to, long revision) {
      this.order = order;
      this.to = to;
      this.revision = revision;
    }

    CopyOrder order() {
      return order;
    }

    String to() {
      return to;
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

    /** Which of the copy's blocks the receiver still lacks. */
    BlockSet lacking(Planned planned);

    /** Whether sender and receiver can be told to. */
    boolean open(Planned planned);
  }

  Traffic(Network network) {
    this.network = network;
    this.ledger = new Ledger(network.resources());
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
    return running.values().stream().filter(r -> r.to().equals(host)).toList();
  }

  /** The blocks of a file that running copies bring to a host; it may hold some of them by now. */
  BlockSet incoming(String host, FileId file) {
    BlockSet blocks = BlockSet.EMPTY;
    for (Running r : running.values()) {
      if (r.to().equals(host) && r.order().file().equals(file)) {
        blocks = blocks.union(r.blocks());
      }
    }
    return blocks;
  }

  int waitingCount() {
    return waiting.size();
  }

  /** Puts a new schedule in force; copies that run go on. */
  void plan(List<Planned> copies) {
    List<Planned> sorted = new ArrayList<>(copies);
    sorted.sort(Comparator.comparingDouble(Planned::start));
    waiting = new ArrayDeque<>(sorted);
  }

  /** Books a copy that an earlier master has ordered. */
  void adopt(Running copy) {
    Set<String> way = network.way(copy.order().from(), copy.to());
    ledger.adopt(copy.order().id(), way == null ? Set.of() : way, copy.order().rate());
    running.put(copy.order().id(), copy);
  }

  /** Takes a copy that has ended off the books; null where it is not on them. */
  @Nullable Running end(long id) {
    ledger.release(id);
    return running.remove(id);
  }

  /** Orders every waiting copy whose turn it is, of the first {@link #LOOKAHEAD}; returns them. */
  List<Running> release(Gate gate) {
    List<Running> released = new ArrayList<>();
    Deque<Planned> still = new ArrayDeque<>();
    Set<String> spokenFor = new HashSet<>();
    for (int i = 0; i < LOOKAHEAD && !waiting.isEmpty(); i++) {
      Planned p = waiting.removeFirst();
      Set<String> way = network.way(p.from(), p.to());
      BlockSet lacking = gate.lacking(p);
      if (way == null || lacking.isEmpty()) {
        continue;
      }
      boolean free = Collections.disjoint(way, spokenFor) && ledger.fits(way, p.rate());
      if (!free || !gate.open(p)) {
        spokenFor.addAll(way);
        still.addLast(p);
        continue;
      }
      BlockRange next = lacking.ranges().get(0);
      Running copy = gate.order(p, next);
      ledger.allocate(copy.order().id(), way, p.rate());
      running.put(copy.order().id(), copy);
      released.add(copy);
      if (next.last() < p.last()) {
        spokenFor.addAll(way);
        still.addLast(p.after(next.last()));
      }
    }
    while (!still.isEmpty()) {
      waiting.addFirst(still.removeLast());
    }
    return released;
  }
}
