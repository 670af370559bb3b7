package dev.waybill.executor.agent;

import dev.waybill.model.protocol.CopyOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When the core of the executor reports, and what: one report at a time; at once where something
 * matters, soon where a peer has gone, else every second while things change, and every 2 s in any
 * case. What a report told counts as told once it has been answered.
 */
final class Reporting {
  static final long CHANGE_MILLIS = 1000;
  static final long HEARTBEAT_MILLIS = 2000;
  static final long BROKEN_OFF_MILLIS = 250;
  static final int MOST_BROKEN_OFF = 1000;
  private static final long FIRST_RETRY_MILLIS = 500;
  private static final long LAST_RETRY_MILLIS = 2000;

  private final Map<Long, CopyOutcome> outcomes = new LinkedHashMap<>();
  private List<Long> outcomesInFlight = List.of();

  /** Copies from here that their receivers have broken off. */
  private final Set<Long> brokenOff = new LinkedHashSet<>();

  private List<Long> brokenOffInFlight = List.of();
  private long sequence;
  private boolean inFlight;
  private boolean complete = true;
  private boolean completeInFlight;
  private boolean urgent = true;
  private long change;
  private long changeSent;
  private long changeAnswered;
  private long sentMillis;
  private long notBeforeMillis = Long.MIN_VALUE;
  private long retryMillis = FIRST_RETRY_MILLIS;

  /** The number of a new change of what is reported. */
  long nextChange() {
    return ++change;
  }

  void urgent() {
    urgent = true;
  }

  void outcome(CopyOutcome outcome) {
    outcomes.put(outcome.id(), outcome);
    urgent = true;
  }

  /** Of too many the oldest are forgotten: the master hears of their end in other ways, later. */
  void brokenOff(long copy) {
    if (brokenOff.add(copy) && brokenOff.size() > MOST_BROKEN_OFF) {
      brokenOff.remove(brokenOff.iterator().next());
    }
  }

  /** The master lacks this host's state. */
  void resync() {
    complete = true;
    urgent = true;
    notBeforeMillis = Math.max(notBeforeMillis, sentMillis + CHANGE_MILLIS);
  }

  boolean due(long nowMillis) {
    if (inFlight || nowMillis < notBeforeMillis) {
      return false;
    }
    long since = nowMillis - sentMillis;
    return urgent
        || (!brokenOff.isEmpty() && since >= BROKEN_OFF_MILLIS)
        || (change > changeAnswered && since >= CHANGE_MILLIS)
        || since >= HEARTBEAT_MILLIS;
  }

  /** A report goes out now; what follows describes it. */
  long begin(long nowMillis) {
    inFlight = true;
    urgent = false;
    completeInFlight = complete;
    complete = false;
    sentMillis = nowMillis;
    changeSent = change;
    outcomesInFlight = List.copyOf(outcomes.keySet());
    brokenOffInFlight = List.copyOf(brokenOff);
    return ++sequence;
  }

  /** Whether the report that has been begun tells of everything. */
  boolean complete() {
    return completeInFlight;
  }

  /** Whether a file with this change is part of the report that has been begun. */
  boolean tells(long fileChange) {
    return completeInFlight || fileChange > changeAnswered;
  }

  List<CopyOutcome> outcomes() {
    return new ArrayList<>(outcomes.values());
  }

  List<Long> brokenOff() {
    return brokenOffInFlight;
  }

  /**
   * @return whether this is the report in flight
   */
  boolean answered(long answeredSequence) {
    if (!inFlight || answeredSequence != sequence) {
      return false;
    }
    inFlight = false;
    retryMillis = FIRST_RETRY_MILLIS;
    outcomesInFlight.forEach(outcomes::remove);
    brokenOffInFlight.forEach(brokenOff::remove);
    changeAnswered = changeSent;
    return true;
  }

  /**
   * @return whether this is the report in flight
   */
  boolean failed(long failedSequence, long nowMillis) {
    if (!inFlight || failedSequence != sequence) {
      return false;
    }
    inFlight = false;
    urgent = true;
    complete |= completeInFlight;
    notBeforeMillis = nowMillis + retryMillis;
    retryMillis = Math.min(LAST_RETRY_MILLIS, 2 * retryMillis);
    return true;
  }
}
