package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.ManifestPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file as the master knows it: its blocks' checksums so far, and whether more are
 * to come.
 */
final class FileVersion {
  /** How fast a publisher is taken to hand over what it has not yet, until it has shown it. */
  static final double FEED_BYTES_PER_SECOND = 200e6;

  /** A publisher that has said nothing for so long is taken to be gone, in seconds. */
  static final double PUBLISHER_LEASE = 10;

  /** One that is slow is given the time for so many blocks, but not for ever. */
  private static final int LEASE_BLOCKS = 3;

  private static final double LONGEST_LEASE = 60;

  /** Schedules are made anew where a rate is this many times what they reckon with, or less. */
  private static final double DRIFT = 2;

  /** And where that is worth so many seconds of what is left to be made. */
  private static final double DRIFT_SECONDS = 10;

  private final FileId id;
  private final long blockSize;
  private final @Nullable Long expectedSize;
  private final List<Checksum> checksums = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();
  private @Nullable Long size;
  private @Nullable ManifestSignature signature;

  /** Over the first blocks; continued when somebody asks. */
  private ManifestHash hash;

  private boolean finalRequested;
  private boolean withdrawn;
  private double lastNews;
  private final GenerationRate rate = new GenerationRate();

  /** What hosts are told of it, by what it is to them: one object for thousands of them. */
  private final Map<List<Boolean>, FileInfo> infos = new HashMap<>();

  private double reckonedRate = FEED_BYTES_PER_SECOND;

  /**
   * @param expectedSize bytes that it will have when it is whole, as far as its publisher can tell;
   *     null where it can't
   * @param now seconds, by the master's clock
   */
  FileVersion(FileId id, long blockSize, @Nullable Long expectedSize, double now) {
    this.id = id;
    this.blockSize = blockSize;
    this.expectedSize = expectedSize;
    this.lastNews = now;
    this.hash = ManifestHash.start(id, blockSize);
  }

  FileId id() {
    return id;
  }

  long blockSize() {
    return blockSize;
  }

  /** Bytes of the whole file; null while it grows. */
  @Nullable Long size() {
    return size;
  }

  boolean isWhole() {
    return size != null;
  }

  int knownBlocks() {
    return checksums.size();
  }

  /**
   * What a host is told of it.
   *
   * @param wanted whether it is in the host's file set
   * @param origin whether its publisher hands its blocks to the host
   */
  FileInfo info(boolean wanted, boolean origin) {
    return infos.computeIfAbsent(
        List.of(wanted, origin),
        k -> new FileInfo(id, blockSize, knownBlocks(), size, wanted, origin));
  }

  List<Checksum> checksums() {
    return Collections.unmodifiableList(checksums);
  }

  /** The running hash over all blocks. */
  ManifestHash hash() {
    if (hash.blocks() < checksums.size()) {
      hash = hash.plus(checksums.subList(hash.blocks(), checksums.size()));
    }
    return hash;
  }

  /** The newest signature; null where nobody has signed it. */
  @Nullable ManifestSignature signature() {
    return signature;
  }

  void sign(ManifestSignature by) {
    signature = by;
  }

  List<String> origins() {
    return Collections.unmodifiableList(origins);
  }

  boolean finalRequested() {
    return finalRequested;
  }

  /** Whether its publisher was heard of so lately that it is taken to go on. */
  boolean isBeingMade(double now) {
    Double seen = rate.bytesPerSecond();
    double slow = seen == null ? 0 : LEASE_BLOCKS * blockSize / seen;
    return now - lastNews < Math.min(LONGEST_LEASE, Math.max(PUBLISHER_LEASE, slow));
  }

  void heardOf(double now) {
    lastNews = now;
  }

  /** When its publisher was last seen at work, in seconds. */
  double lastNews() {
    return lastNews;
  }

  /** Its publisher starts, or starts again. */
  void started() {
    rate.started();
  }

  /** Its publisher has made the blocks that have been announced since this was last said. */
  void made(double now) {
    rate.made(checksums.size() * blockSize, now);
  }

  /** How fast blocks that do not exist yet are expected, in bytes per second. */
  double expectedRate() {
    Double seen = rate.bytesPerSecond();
    return seen == null ? FEED_BYTES_PER_SECOND : Math.min(FEED_BYTES_PER_SECOND, seen);
  }

  /** A schedule is being made that reckons with the rate that is expected now. */
  void reckon() {
    reckonedRate = expectedRate();
  }

  /** Whether a schedule that reckons with the rate of a while ago is far off by now. */
  boolean hasDrifted() {
    double left = layout(true).size() - checksums.size() * blockSize;
    double now = expectedRate();
    double slower = Math.min(now, reckonedRate);
    double faster = Math.max(now, reckonedRate);
    return faster > DRIFT * slower && left / slower - left / faster > DRIFT_SECONDS;
  }

  void addOrigins(List<String> hosts) {
    hosts.stream().filter(h -> !origins.contains(h)).forEach(origins::add);
  }

  /** Whether it has been taken back: nobody is to have it, and nobody is to keep it. */
  boolean isWithdrawn() {
    return withdrawn;
  }

  void withdraw() {
    withdrawn = true;
  }

  void requestFinal() {
    finalRequested = true;
  }

  /**
   * The layout of the blocks that are known, or of the whole file where its size is.
   *
   * @param expected whether blocks count that the publisher has promised but not made
   */
  BlockLayout layout(boolean expected) {
    if (size != null) {
      return new BlockLayout(size, blockSize);
    }
    BlockLayout promised = promised();
    return expected && promised != null
        ? promised
        : new BlockLayout(checksums.size() * blockSize, blockSize);
  }

  /**
   * The layout that its publisher has promised; null where it has promised nothing, or has made
   * more since.
   */
  @Nullable BlockLayout promised() {
    BlockLayout all = expectedSize == null ? null : new BlockLayout(expectedSize, blockSize);
    return all == null || all.blockCount() < checksums.size() ? null : all;
  }

  /**
   * Says why announced blocks contradict what is known; null where they fit.
   *
   * @param from the block that the first checksum is of
   */
  @Nullable String objection(int from, List<Checksum> announced, @Nullable Long finalSize) {
    if (from < 0 || from > checksums.size()) {
      return id + " has " + checksums.size() + " blocks, and block " + from + " was announced";
    }
    for (int i = 0; i < announced.size() && from + i < checksums.size(); i++) {
      if (!checksums.get(from + i).equals(announced.get(i))) {
        return "block " + (from + i) + " of " + id + " has other content than was published";
      }
    }
    int total = Math.max(checksums.size(), from + announced.size());
    if (size != null && total > new BlockLayout(size, blockSize).blockCount()) {
      return id + " is final and has no block " + (total - 1);
    }
    if (finalSize == null) {
      return null;
    }
    if (size != null && !size.equals(finalSize)) {
      return id + " is final with " + size + " bytes, not " + finalSize;
    }
    return fits(finalSize, total)
        ? null
        : finalSize + " bytes are not the " + total + " blocks that " + id + " has";
  }

  /** Whether so many bytes are so many blocks; the bytes may be more than any file has. */
  private boolean fits(long bytes, int blocks) {
    return blocks == 0
        ? bytes == 0
        : bytes > (blocks - 1) * blockSize && bytes <= blocks * blockSize;
  }

  /** Takes in announced blocks that have no objection; returns whether anything was new. */
  boolean announce(int from, List<Checksum> announced, @Nullable Long finalSize) {
    boolean news = finalSize != null && size == null;
    for (Checksum c :
        announced.subList(Math.min(announced.size(), checksums.size() - from), announced.size())) {
      checksums.add(c);
      infos.clear();
      news = true;
    }
    if (finalSize != null) {
      size = finalSize;
      infos.clear();
    }
    return news;
  }

  ManifestPage page(int from, int limit) {
    int begin = Math.min(from, checksums.size());
    int end = Math.min(checksums.size(), begin + limit);
    return new ManifestPage(id, blockSize, begin, checksums.subList(begin, end), size, signature);
  }
}
