package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import java.util.Collection;

/**
 * How the master's running copies get on, as far as their receivers have said at one moment. Hosts
 * report about once a second: what has come is what had come at the receiver's last report, and
 * windows last from one report to another.
 */
final class Pace {
  /** A copy that has waited longer for its publisher says little of the network. */
  private static final double WAITED_SHARE = 0.2;

  /** So does one that has run no longer than this, in seconds. */
  private static final double JUDGED_SECONDS = 3;

  /** One that comes to less than this share of its rate is held up. */
  private static final double HELD_UP = 0.7;

  /** What has come in less time hosts may not have said yet. */
  private static final double REPORTED_SECONDS = 1.5;

  /** In a shorter window the delay of the first block, and of a report, count for too much. */
  private static final double WINDOW_SECONDS = 1.5;

  /** One that ends so much sooner than its rate allows has not brought all of it itself. */
  private static final double EARLY_SECONDS = 1;

  /** A mark stays until so many blocks should have come since. */
  private static final double MARKED_BLOCKS = 4;

  /**
   * How far a copy had come at a report of its receiver.
   *
   * @param at when that was, in seconds
   * @param bytes that it had brought
   * @param rate at which it came until then, in bytes per second
   * @param hadMore whether its sender had more for it
   * @param wasHeldUp whether it was held up until then
   */
  record Mark(double at, double bytes, double rate, boolean hadMore, boolean wasHeldUp) {}

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

  /**
   * Whether a copy has brought something and much less than its share since it was last marked,
   * also with the block that is under way, though its sender has had more for it all the time and
   * does not say that it waits. One that brings nothing at all has no slow way: its receiver says
   * soon whom it blames.
   */
  boolean isHeldUp(Traffic.Running copy) {
    boolean couldHaveMore = copy.mark().hadMore() && hasMore(copy) && !copy.isKeptWaiting();
    double come = comeOfLate(copy);
    double atMost = come + blockSize(copy.order().file());
    return isKnown(copy) && couldHaveMore && come > 0 && atMost < HELD_UP * dueOfLate(copy);
  }

  /** Whether a copy is held up, and was when it was last marked: it is not only for a moment. */
  boolean hasFallenBehind(Traffic.Running copy) {
    return copy.mark().wasHeldUp() && isHeldUp(copy);
  }

  /** What a copy comes to of late, in bytes per second. */
  double rateOfLate(Traffic.Running copy) {
    if (!isKnown(copy)) {
      return copy.mark().rate();
    }
    double come = Math.max(comeOfLate(copy), blockSize(copy.order().file()) / 2.0);
    return Math.min(copy.share(), come / window(copy));
  }

  /** Whether it is known what a copy comes to of late. */
  boolean isKnown(Traffic.Running copy) {
    return window(copy) >= WINDOW_SECONDS;
  }

  /** What a copy has certainly come to of late, in bytes per second. */
  double leastOfLate(Traffic.Running copy) {
    return isKnown(copy) ? Math.min(copy.share(), comeOfLate(copy) / window(copy)) : 0;
  }

  private double comeOfLate(Traffic.Running copy) {
    return bytesCome(copy) - copy.mark().bytes();
  }

  private double dueOfLate(Traffic.Running copy) {
    return copy.share() * window(copy);
  }

  /**
   * How long after a copy was last marked its receiver has said how far it has come, in seconds.
   */
  private double window(Traffic.Running copy) {
    return Math.max(0, saidAt(copy) - copy.mark().at());
  }

  /** When a copy's receiver last said how far it has come, in seconds. */
  private double saidAt(Traffic.Running copy) {
    return Math.max(copy.orderedAt(), cluster.host(copy.to()).lastSeen());
  }

  /** Marks copies to see from now on what they bring, those where that is some blocks by now. */
  void mark(Collection<Traffic.Running> copies) {
    for (Traffic.Running r : copies) {
      boolean isSome = dueOfLate(r) >= MARKED_BLOCKS * blockSize(r.order().file());
      // A window with nothing in it goes on: a slow copy brings a block now and then.
      boolean hasNone = comeOfLate(r) == 0 && r.mark().hadMore() && hasMore(r);
      if (isSome && isKnown(r) && !hasNone) {
        r.mark(new Mark(saidAt(r), bytesCome(r), rateOfLate(r), hasMore(r), isHeldUp(r)));
      }
    }
  }

  /** Marks a copy that begins, or that is taken up by this master and has come so far. */
  void begins(Traffic.Running copy) {
    copy.mark(new Mark(saidAt(copy), bytesCome(copy), copy.share(), hasMore(copy), false));
  }

  /**
   * Whether a copy's sender has some of what is next for it, and it is not only late to be said.
   */
  boolean hasMore(Traffic.Running copy) {
    FileId file = copy.order().file();
    HostRecord from = cluster.hosts.get(copy.order().from());
    BlockSet left = left(copy);
    if (from == null || left.isEmpty()) {
      return false;
    }
    BlockSet lacking = left.minus(from.held(file));
    BlockSet next =
        lacking.isEmpty()
            ? left
            : left.intersection(BlockSet.prefix(lacking.ranges().get(0).first()));
    double enough = REPORTED_SECONDS * copy.share() + 2.0 * blockSize(file);
    return bytes(file, next) >= Math.min(enough, (double) bytes(file, left));
  }

  /** How long a copy takes yet, at the rate that it has come to of late. */
  double secondsLeft(Traffic.Running copy) {
    return secondsLeft(copy, Math.max(1, rateOfLate(copy)));
  }

  /** How long a copy takes yet, at what is allocated for it. */
  double secondsAtShare(Traffic.Running copy) {
    return secondsLeft(copy, copy.share());
  }

  /** What has come since the receiver's last report is not left. */
  private double secondsLeft(Traffic.Running copy, double rate) {
    return Math.max(0, bytesLeft(copy) / rate - (now - saidAt(copy)));
  }

  /**
   * How long those that run take yet at what is allocated for them, in seconds, if each has brought
   * as much of the block that is under way as it can have.
   */
  double longestAtShare(Collection<Traffic.Running> copies) {
    return copies.stream()
        .mapToDouble(
            r ->
                secondsAtShare(r)
                    - Math.min(blockSize(r.order().file()) / r.share(), now - r.orderedAt()))
        .max()
        .orElse(0);
  }

  /** Whether all of a copy's blocks are there, so early that others have brought some of them. */
  boolean isServedByOthers(Traffic.Running copy) {
    double bytes = bytes(copy.order().file(), copy.blocks());
    return left(copy).isEmpty() && now + EARLY_SECONDS < copy.orderedAt() + bytes / copy.share();
  }

  private double bytesLeft(Traffic.Running copy) {
    return bytes(copy.order().file(), left(copy));
  }

  private BlockSet left(Traffic.Running copy) {
    return copy.blocks().minus(cluster.host(copy.to()).held(copy.order().file()));
  }

  private double bytesCome(Traffic.Running copy) {
    return bytes(copy.order().file(), copy.blocks().minus(left(copy)));
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
