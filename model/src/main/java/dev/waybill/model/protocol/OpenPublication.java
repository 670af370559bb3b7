package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSignature;
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
 * @param signature of {@link #hash}, which shows that the publisher can sign before anything is
 *     begun for it; null where it does not sign
 */
public record OpenPublication(
    String name,
    @Nullable Long version,
    long blockSize,
    @Nullable Long expectedSize,
    @Nullable Double preparedSeconds,
    List<String> origins,
    @Nullable ManifestSignature signature) {
  public OpenPublication {
    origins = List.copyOf(origins);
    if (preparedSeconds != null && !(preparedSeconds >= 0 && !preparedSeconds.isInfinite())) {
      throw new IllegalArgumentException("preparedSeconds " + preparedSeconds);
    }
  }

  /** Without a signature, and without a word on how long the publisher has been at it. */
  public OpenPublication(
      String name,
      @Nullable Long version,
      long blockSize,
      @Nullable Long expectedSize,
      List<String> origins) {
    this(name, version, blockSize, expectedSize, null, origins, null);
  }

  /** The same, signed. */
  public OpenPublication signed(ManifestSignature by) {
    return new OpenPublication(
        name, version, blockSize, expectedSize, preparedSeconds, origins, by);
  }

  /** What is signed of it. */
  public ManifestHash hash() {
    return ManifestHash.opening(name, version, blockSize);
  }
}
