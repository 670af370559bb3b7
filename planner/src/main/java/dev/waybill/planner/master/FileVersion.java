package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.ManifestPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file as the master knows it: its blocks' checksums so far, and whether more are
 * to come.
 */
final class FileVersion {
  private final FileId id;
  private final long blockSize;
  private final @Nullable Long expectedSize;
  private final List<Checksum> checksums = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();
  private @Nullable Long size;
  private boolean finalRequested;
  private boolean withdrawn;
  private double lastNews;

  /**
   * @param expectedSize bytes that it will have when it is whole, where its publisher knows; null
   *     where not
   * @param now seconds, by the master's clock
   */
  FileVersion(FileId id, long blockSize, @Nullable Long expectedSize, double now) {
    this.id = id;
    this.blockSize = blockSize;
    this.expectedSize = expectedSize;
    this.lastNews = now;
  }

  FileId id() {
    return id;
  }

  long blockSize() {
    return blockSize;
  }

  @Nullable Long expectedSize() {
    return expectedSize;
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

  List<Checksum> checksums() {
    return Collections.unmodifiableList(checksums);
  }

  List<String> origins() {
    return Collections.unmodifiableList(origins);
  }

  boolean finalRequested() {
    return finalRequested;
  }

  /** When its publisher was last heard of, in seconds. */
  double lastNews() {
    return lastNews;
  }

  void heardOf(double now) {
    lastNews = now;
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
    if (expected && expectedSize != null && expectedSize >= checksums.size() * blockSize) {
      return new BlockLayout(expectedSize, blockSize);
    }
    return new BlockLayout(checksums.size() * blockSize, blockSize);
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
    if (finalSize < 0 || new BlockLayout(finalSize, blockSize).blockCount() != total) {
      return finalSize + " bytes are not the " + total + " blocks that " + id + " has";
    }
    return null;
  }

  /** Takes in announced blocks that have no objection; returns whether anything was new. */
  boolean announce(int from, List<Checksum> announced, @Nullable Long finalSize) {
    boolean news = finalSize != null && size == null;
    for (Checksum c :
        announced.subList(Math.min(announced.size(), checksums.size() - from), announced.size())) {
      checksums.add(c);
      news = true;
    }
    if (finalSize != null) {
      size = finalSize;
    }
    return news;
  }

  ManifestPage page(int from, int limit) {
    int begin = Math.min(from, checksums.size());
    int end = Math.min(checksums.size(), begin + limit);
    return new ManifestPage(id, blockSize, begin, checksums.subList(begin, end), size);
  }
}
