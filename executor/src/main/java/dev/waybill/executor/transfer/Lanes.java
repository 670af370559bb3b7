package dev.waybill.executor.transfer;

import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.protocol.CopyOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that carry one copy side by side on the receiving side of the data plane: of
 * {@code k} lanes each brings every {@code k}-th block at {@code 1/k} of the rate, so that blocks
 * come in about the order in which they are passed on. Thread-safe.
 *
 * <p>What one connection can carry is limited by its window for each round trip, and by what its
 * congestion control believes after it has met others in a queue; two carry twice as much.
 */
final class Lanes {
  /** Lanes are slow that carry a smaller share of the rate than this for a while. */
  private static final double SLOW = 0.9;

  private static final double CLEARLY = 1.1;
  private static final double WORTH_SECONDS = 3;

  private final Copy copy;
  private final int last;
  private final double before;
  private final boolean mayDivide;
  private final List<Lane> lanes = new ArrayList<>();
  private int stopAfter;
  private double share = 1;
  private @Nullable Throwable failure;

  /** What the lanes of a copy share. */
  record Copy(
      CopyOrder order,
      StoredFile file,
      Wires wires,
      Buffers buffers,
      int stallMillis,
      CopyListener listener,
      Runnable took,
      BooleanSupplier abandoned) {}

  /**
   * @param first the first block that is to come
   * @param last the last one
   * @param before the share of the rate that half as many lanes have carried, 0 for the first ones:
   *     where these are not clearly better, more of them would not be either
   * @param mayDivide whether more lanes are allowed
   */
  Lanes(Copy copy, int count, int first, int last, double before, boolean mayDivide) {
    this.copy = copy;
    this.last = last;
    this.stopAfter = last;
    this.before = before;
    this.mayDivide = mayDivide;
    for (int i = 0; i < count; i++) {
      lanes.add(new Lane(copy, this, first + i, count));
    }
  }

  /**
   * Returns once all blocks are there, or the lanes are too slow and more of them should go on at
   * {@link #next}.
   *
   * @throws IOException what the first lane that has failed has failed with
   */
  void run() throws IOException {
    List<Thread> others = new ArrayList<>();
    for (Lane lane : lanes.subList(1, lanes.size())) {
      Thread thread = new Thread(() -> run(lane), Thread.currentThread().getName() + "+");
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    run(lanes.get(0));
    try {
      for (Thread thread : others) {
        thread.join();
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  private void run(Lane lane) {
    try {
      lane.run(last);
    } catch (IOException | RuntimeException | Error e) {
      failed(lane, e);
    }
  }

  private synchronized void failed(Lane lane, Throwable e) {
    if (failure == null && (!isDividing() || lane.next() <= stopAfter)) {
      failure = e;
      lanes.forEach(Lane::close);
    }
  }

  /** Whether more lanes are to go on with what comes after the blocks that these have begun. */
  private boolean isDividing() {
    return stopAfter < last;
  }

  /** Ends them without an outcome; {@link #run} returns or throws. */
  synchronized void close() {
    lanes.forEach(Lane::close);
  }

  /** Whether a lane is to bring a block that is about to come. */
  synchronized boolean wants(int block) {
    return block <= stopAfter;
  }

  /** The first block that is not there. */
  synchronized int next() {
    return lanes.stream().mapToInt(Lane::next).min().orElseThrow();
  }

  /** Which part of its rate the slowest lane has carried when more of them were called for. */
  synchronized double share() {
    return share;
  }

  /**
   * A lane says which share of its rate it has carried of late; where that is too little, all of
   * them stop at the block that the foremost has come to.
   */
  synchronized void carried(double of) {
    double left = (double) (last - next()) * copy.file.blockSize() / copy.order.rate();
    if (of < SLOW && of > CLEARLY * before && mayDivide && left > WORTH_SECONDS && !isDividing()) {
      share = of;
      stopAfter = lanes.stream().mapToInt(Lane::begun).max().orElseThrow();
      lanes.stream().filter(l -> l.next() > stopAfter).forEach(Lane::close);
    }
  }

  /** The sender says of a lane that it waits, or sends again: the first block that it waits for. */
  synchronized void tellWaits() {
    int first = lanes.stream().mapToInt(Lane::waitsFor).min().orElseThrow();
    copy.listener.waits(copy.order.id(), first == Lane.NOTHING ? null : first);
  }

  int count() {
    return lanes.size();
  }

  /** In bytes per second. */
  double laneRate() {
    return copy.order.rate() / count();
  }
}
