package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import java.util.Collection;
import java.util.Comparator;

/** How the master's running copies get on, as far as their receivers have said at one moment. */
final class Pace {
  /** A copy that has waited longer for its publisher says little of the network. */
  private static final double WAITED_SHARE = 0.2;

  /** So does one that has run no longer than this, in seconds. */
  private static final double JUDGED_SECONDS = 3;

  private final Cluster cluster;
  private final double now;

  Pace(Cluster cluster, double now) {
    this.cluster = cluster;
    this.now = now;
  }

  /**
   * Whether a copy shows what the network gives: it has run for a while, and has not waited for its
   * publisher for most of that.
   */
  boolean showsTheNetwork(Traffic.Running copy) {
    FileVersion version = cluster.publications.find(copy.order().file());
    double age = now - copy.orderedAt();
    return version != null
        && age > JUDGED_SECONDS
        && !cluster.isToBeFed(version)
        && version.lastNews() - copy.orderedAt() < WAITED_SHARE * age;
  }

  /** How long a copy takes yet, at the rate that it has come to so far. */
  double secondsLeft(Traffic.Running copy) {
    return bytes(copy.order().file(), left(copy)) / Math.max(1, rateSoFar(copy));
  }

  /** What of its block the one that takes longest at its rate may have brought, in seconds. */
  double blockOfTheLongest(Collection<Traffic.Running> copies) {
    return copies.stream()
        .max(Comparator.comparingDouble(r -> bytes(r.order().file(), left(r)) / r.share()))
        .map(r -> blockSize(r.order().file()) / r.share())
        .orElse(0.0);
  }

  /** What a copy has brought on average, in bytes per second. */
  double rateSoFar(Traffic.Running copy) {
    double done = bytes(copy.order().file(), copy.blocks().minus(left(copy)));
    return Math.min(copy.share(), done / (now - copy.orderedAt()));
  }

  private BlockSet left(Traffic.Running copy) {
    return copy.blocks().minus(cluster.host(copy.to()).held(copy.order().file()));
  }

  private long blockSize(FileId file) {
    FileVersion version = cluster.publications.find(file);
    return version == null ? 0 : version.layout(true).blockSize();
  }

  private long bytes(FileId file, BlockSet blocks) {
    FileVersion version = cluster.publications.find(file);
    return version == null ? 0 : Layouts.bytes(version.layout(true), blocks);
  }
}
