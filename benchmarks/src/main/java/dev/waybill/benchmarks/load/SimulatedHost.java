package dev.waybill.benchmarks.load;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyState;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An executor as the benchmarks of the master simulate it: it has all files but the last one,
 * follows its orders at the rates that they say, and tells so in its reports. No I/O and no clock;
 * times in seconds. Not thread-safe.
 */
public final class SimulatedHost {
  private final String id;
  private final List<FileId> files;
  private final int blocks;
  private final long blockSize;
  private final Map<Long, Begun> copies = new LinkedHashMap<>();
  private final List<CopyOutcome> outcomes = new ArrayList<>();
  private BlockSet heldOfLast;
  private long sequence;
  private long seenRevision;
  private boolean complete = true;

  private record Begun(CopyOrder order, double at) {}

  /**
   * @param files that everybody is to have, of {@code blocks} blocks each
   * @param origin whether it has the last one too
   */
  public SimulatedHost(String id, List<FileId> files, int blocks, long blockSize, boolean origin) {
    this.id = id;
    this.files = files;
    this.blocks = blocks;
    this.blockSize = blockSize;
    this.heldOfLast = origin ? BlockSet.prefix(blocks) : BlockSet.EMPTY;
  }

  /**
   * What it reports; to be asked for again if there is no answer.
   *
   * @param all whether to tell of all files where only the last one may have changed
   */
  public Report report(boolean all, double now) {
    List<CopyState> states = advance(now);
    boolean whole = complete || all;
    List<FileState> said = new ArrayList<>();
    for (int i = whole ? 0 : files.size() - 1; i < files.size(); i++) {
      said.add(state(i));
    }
    return new Report(
        id, "i", "127.0.0.1:1", ++sequence, seenRevision, whole, said, states, outcomes, List.of());
  }

  /** Takes the answer to its last report. */
  public void answered(Optional<Orders> orders, double now) {
    outcomes.clear();
    complete = orders.isPresent() && orders.get().resync();
    orders.ifPresent(o -> follow(o, now));
  }

  private FileState state(int file) {
    BlockSet held = file < files.size() - 1 ? BlockSet.prefix(blocks) : heldOfLast;
    boolean has = held.count() == blocks;
    return new FileState(files.get(file), held, prefix(held), blocks - held.count(), has);
  }

  private long prefix(BlockSet held) {
    return held.contains(0) ? (held.ranges().get(0).last() + 1) * blockSize : 0;
  }

  /** Brings its copies to where they are by now. */
  private List<CopyState> advance(double now) {
    List<CopyState> states = new ArrayList<>();
    for (Iterator<Begun> i = copies.values().iterator(); i.hasNext(); ) {
      Begun copy = i.next();
      CopyOrder order = copy.order();
      double seconds = now - copy.at();
      int count = order.last() - order.first() + 1;
      int done = (int) Math.min(count, seconds * order.rate() / blockSize);
      if (done > 0) {
        heldOfLast = heldOfLast.union(BlockSet.of(order.first(), order.first() + done - 1));
      }
      if (done == count) {
        outcomes.add(new CopyOutcome.Succeeded(order.id()));
        i.remove();
      } else {
        states.add(new CopyState(order, order.first() + done));
      }
    }
    return states;
  }

  private void follow(Orders orders, double now) {
    seenRevision = orders.revision();
    Map<Long, Begun> before = Map.copyOf(copies);
    copies.clear();
    for (CopyOrder order : orders.copies()) {
      copies.put(order.id(), before.getOrDefault(order.id(), new Begun(order, now)));
    }
  }
}
