package dev.waybill.model.protocol;

import java.util.List;

/**
 * Part of the protocol: a host's state, sent to the master when something has changed and at
 * intervals.
 *
 * @param host its id in the network file
 * @param incarnation differs from one start of the executor to the next
 * @param address {@code HOST:PORT} at which other executors reach it
 * @param sequence rises by one from report to report of an incarnation
 * @param seenRevision of the orders that it follows; 0 where it has none
 * @param complete whether {@code files} is all that it has, or only what has changed since the last
 *     report that was answered
 * @param files the state of files
 * @param copies all copies that it is carrying out
 * @param outcomes of copies that have ended since the last report that was answered
 * @param brokenOff ids of copies from this host that their receivers have broken off since then, as
 *     one that has died does, or have taken nothing of for seconds, as one does that has lost its
 *     link
 */
public record Report(
    String host,
    String incarnation,
    String address,
    long sequence,
    long seenRevision,
    boolean complete,
    List<FileState> files,
    List<CopyState> copies,
    List<CopyOutcome> outcomes,
    List<Long> brokenOff) {
  public Report {
    files = List.copyOf(files);
    copies = List.copyOf(copies);
    outcomes = List.copyOf(outcomes);
    brokenOff = List.copyOf(brokenOff);
  }
}
