package dev.waybill.model.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: a publisher begins, or goes on with, a version of a file.
 *
 * @param version the one that it has chosen; null: the newest + 1
 * @param expectedSize bytes of the whole file: those that it has, or where it grows those that it
 *     is to have; null where nobody knows yet
 * @param preparedSeconds since the publisher's process started; null where it does not say
 * @param origins hosts that are to get the blocks from the publisher; empty: the master chooses
 */
public record OpenPublication(
    String name,
    @Nullable Long version,
    long blockSize,
    @Nullable Long expectedSize,
    @Nullable Double preparedSeconds,
    List<String> origins) {
  public OpenPublication {
    origins = List.copyOf(origins);
    if (preparedSeconds != null && !(preparedSeconds >= 0 && !preparedSeconds.isInfinite())) {
      throw new IllegalArgumentException("preparedSeconds " + preparedSeconds);
    }
  }

  /** Without a word on how long the publisher has been at it. */
  public OpenPublication(
      String name,
      @Nullable Long version,
      long blockSize,
      @Nullable Long expectedSize,
      List<String> origins) {
    this(name, version, blockSize, expectedSize, null, origins);
  }
}
