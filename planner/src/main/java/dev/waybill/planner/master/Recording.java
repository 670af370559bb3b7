package dev.waybill.planner.master;

import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyPace;
import dev.waybill.model.protocol.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the master notes of one distribution, so that it can be laid beside its plan afterwards: its
 * copies as planned and as they went, and when each host was done. Times are seconds by the
 * master's clock.
 */
final class Recording {
  /** So many copies are noted of a distribution; a schedule may have millions. */
  private static final int MOST_COPIES = 10_000;

  private static final String TAKEN_BACK = "taken back by the master";

  private final Map<Long, Noted> copies = new LinkedHashMap<>();
  private final Map<String, Double> arrivals = new LinkedHashMap<>();
  private int omitted;
  private @Nullable Double planFrom;
  private @Nullable Double planReady;
  private @Nullable Double prepared;

  private static final class Noted {
    final Traffic.Running copy;
    final double planned;
    final long bytes;
    final double ordered;
    @Nullable Double ended;
    @Nullable CopyPace pace;
    @Nullable String failure;

    Noted(Traffic.Running copy, double planned, long bytes, double ordered) {
      this.copy = copy;
      this.planned = planned;
      this.bytes = bytes;
      this.ordered = ordered;
    }
  }

  /** The publisher has been at it for so long when it opened the version. */
  void prepared(double seconds) {
    if (prepared == null) {
      prepared = seconds;
    }
  }

  /** A schedule was asked for and came; the first one counts. */
  void planned(double askedAt, double now) {
    if (planReady == null) {
      planFrom = askedAt;
      planReady = now;
    }
  }

  /** A copy has been ordered that its schedule wanted to begin at {@code planned}. */
  void ordered(Traffic.Running copy, double planned, long bytes, double now) {
    if (copies.size() < MOST_COPIES) {
      copies.put(copy.order().id(), new Noted(copy, planned, bytes, now));
    } else {
      omitted++;
    }
  }

  void ended(CopyOutcome outcome, double now) {
    Noted noted = copies.get(outcome.id());
    if (noted == null || noted.ended != null) {
      return;
    }
    noted.ended = now;
    if (outcome instanceof CopyOutcome.Succeeded s) {
      noted.pace = s.pace();
    } else if (outcome instanceof CopyOutcome.Failed f) {
      noted.failure = f.detail();
    }
  }

  /** The master wants a copy no more, and hears no more of it either. */
  void takenBack(long id, double now) {
    Noted noted = copies.get(id);
    if (noted != null && noted.ended == null) {
      noted.ended = now;
      noted.failure = TAKEN_BACK;
    }
  }

  /** A host has the whole file at its place. */
  void arrived(String host, double now) {
    arrivals.putIfAbsent(host, now);
  }

  Trace trace(FileVersion version, Distributions.Distribution d, double now) {
    double zero = d.startedAt();
    List<Trace.TracedCopy> out = new ArrayList<>(copies.size());
    copies.values().forEach(n -> out.add(traced(n, zero)));
    List<Trace.Arrival> done = new ArrayList<>();
    arrivals.forEach((host, at) -> done.add(new Trace.Arrival(host, at - zero)));
    return new Trace(
        version.id(),
        d.isFinished(),
        prepared,
        d.atLeast(),
        d.planned(),
        d.elapsed(now),
        since(zero, planFrom),
        since(zero, planReady),
        version.origins(),
        out,
        done,
        omitted);
  }

  private static @Nullable Double since(double zero, @Nullable Double at) {
    return at == null ? null : at - zero;
  }

  /** A receiver's times count back from when the master heard of the end: clocks may differ. */
  private static Trace.TracedCopy traced(Noted n, double zero) {
    Double ended = n.ended;
    CopyPace pace = n.pace;
    Double began = null;
    Double arrived = null;
    if (ended != null && pace != null) {
      began = Math.max(n.ordered, ended - pace.durable() + pace.first()) - zero;
      arrived = Math.max(n.ordered, ended - pace.durable() + pace.last()) - zero;
    }
    return new Trace.TracedCopy(
        n.copy.order().id(),
        n.copy.order().from(),
        n.copy.to(),
        n.copy.order().first(),
        n.copy.order().last(),
        n.bytes,
        n.copy.order().rate(),
        n.planned - zero,
        n.ordered - zero,
        began,
        arrived,
        since(zero, ended),
        n.failure);
  }
}
