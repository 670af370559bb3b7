package dev.waybill.executor.publish;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * As what the generator publishes.
 *
 * @param version null: that of the unfinished one with the same content, or else the newest + 1
 * @param blockSize bytes; null: chosen from the size
 * @param expectedSize bytes that what grows will have in the end, as far as can be told; null where
 *     it can't, and where the size is known
 * @param origins hosts; empty: the master chooses
 */
public record PublishRequest(
    String name,
    @Nullable Long version,
    @Nullable Long blockSize,
    @Nullable Long expectedSize,
    List<String> origins) {
  public PublishRequest {
    origins = List.copyOf(origins);
  }

  /** Bytes that all of the content will have, as far as that is known or can be told. */
  public OptionalLong size(Content content) {
    return expectedSize == null ? content.size() : OptionalLong.of(expectedSize);
  }
}
