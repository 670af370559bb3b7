package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the master knows of one host: what it said last, and when. */
final class HostRecord {
  private Host host;
  private final Map<FileId, Double> unneededSince = new HashMap<>();
  private final Set<FileId> freeing = new TreeSet<>();
  private double sweptAt = Double.NEGATIVE_INFINITY;
  private boolean indispensable;
  private final Map<FileId, FileState> files = new LinkedHashMap<>();
  private final Map<FileId, BlockSet> lost = new HashMap<>();
  private Status.State state = Status.State.UNKNOWN;
  private @Nullable String address;
  private @Nullable String incarnation;
  private double restsUntil;
  private boolean doubted;
  private long sequence;
  private double lastSeen;
  private long revision;
  private long seenRevision;
  private final ToldFiles told;

  HostRecord(Host host, long revision) {
    this.host = host;
    this.revision = revision;
    this.told = new ToldFiles(revision);
  }

  /** The network file says this of it now. */
  void described(Host now) {
    host = now;
  }

  String id() {
    return host.id();
  }

  Status.State state() {
    return state;
  }

  boolean isUp() {
    return state == Status.State.UP;
  }

  /**
   * Whether copies can be planned to and from it: it is up, and nobody has failed to reach it since
   * it last reported.
   */
  boolean isUsable() {
    return isUp() && !doubted;
  }

  /** When copies to it may be planned again, in seconds; 0 where they may. */
  double restsUntil() {
    return restsUntil;
  }

  /** It can't store what arrives; nothing is sent to it for a while. */
  void rest(double until) {
    restsUntil = until;
  }

  /** Another host could not reach it. */
  void doubt() {
    doubted = true;
  }

  /**
   * {@code HOST:PORT} of its executor: where the network file pins it, else where it says; null
   * before it has.
   */
  @Nullable String address() {
    return host.address() != null ? host.address() : address;
  }

  /** When it was last looked at what it need not keep, in seconds. */
  double sweptAt() {
    return sweptAt;
  }

  void swept(double now) {
    sweptAt = now;
  }

  /** Since when nobody needs a version here, in seconds: now where it was needed until now. */
  double unneededSince(FileId file, double now) {
    return unneededSince.computeIfAbsent(file, f -> now);
  }

  /** A version is needed here; returns whether it was to be deleted. */
  boolean needed(FileId file) {
    unneededSince.remove(file);
    return freeing.remove(file);
  }

  /** A version is to be deleted here; returns whether that is news. */
  boolean free(FileId file) {
    return freeing.add(file);
  }

  boolean isFreeing(FileId file) {
    return freeing.contains(file);
  }

  /** The versions that it is to delete. */
  List<FileId> freeing() {
    return List.copyOf(freeing);
  }

  /**
   * Whether it alone has something that somebody needs: then it is asked whatever it is blamed for.
   */
  boolean isIndispensable() {
    return indispensable;
  }

  void indispensable(boolean is) {
    indispensable = is;
  }

  double lastSeen() {
    return lastSeen;
  }

  /** Of its orders. */
  long revision() {
    return revision;
  }

  void revised(long newRevision) {
    revision = newRevision;
  }

  ToldFiles told() {
    return told;
  }

  Map<FileId, FileState> files() {
    return Collections.unmodifiableMap(files);
  }

  BlockSet held(FileId file) {
    FileState f = files.get(file);
    return f == null ? BlockSet.EMPTY : f.held();
  }

  boolean published(FileId file) {
    FileState f = files.get(file);
    return f != null && f.published();
  }

  /** Why it takes nothing of a version, one line; null where it does. */
  @Nullable String refusal(FileId file) {
    FileState f = files.get(file);
    return f == null ? null : f.refusal();
  }

  void silent() {
    state = Status.State.SILENT;
  }

  /** Whether the report is of an executor that has started since the last one. */
  boolean isNewIncarnation(Report report) {
    return !report.incarnation().equals(incarnation);
  }

  /** Of the orders that it has said it follows. */
  long seenRevision() {
    return seenRevision;
  }

  /** Whether the report was overtaken by a later one. */
  boolean isStale(Report report) {
    return !isNewIncarnation(report) && report.sequence() <= sequence;
  }

  /** Takes in a report that is not stale; the file states are put in on their own. */
  void heard(Report report, double now) {
    incarnation = report.incarnation();
    sequence = report.sequence();
    address = report.address();
    seenRevision = report.seenRevision();
    lastSeen = now;
    state = Status.State.UP;
    doubted = false;
    if (report.complete()) {
      files.clear();
    }
  }

  /** It says of a version what it said before. */
  void holdsStill(FileState stateOfFile) {
    files.put(stateOfFile.file(), stateOfFile);
  }

  void holds(FileState stateOfFile) {
    BlockSet lostNow =
        lost(stateOfFile.file()).union(held(stateOfFile.file())).minus(stateOfFile.held());
    if (lostNow.isEmpty()) {
      lost.remove(stateOfFile.file());
    } else {
      lost.put(stateOfFile.file(), lostNow);
    }
    if (freeing.contains(stateOfFile.file()) && stateOfFile.held().isEmpty()) {
      files.remove(stateOfFile.file());
      needed(stateOfFile.file());
    } else {
      files.put(stateOfFile.file(), stateOfFile);
    }
  }

  /** The blocks that it held once and has given up: a publisher does not hand them over again. */
  BlockSet lost(FileId file) {
    return lost.getOrDefault(file, BlockSet.EMPTY);
  }

  /** All that it holds, in blocks of bytes as the versions say. */
  long heldBytes(Publications publications) {
    long bytes = 0;
    for (FileState f : files.values()) {
      FileVersion version = publications.find(f.file());
      if (version != null) {
        bytes += Layouts.bytes(version.layout(false), f.held());
      }
    }
    return bytes;
  }
}
