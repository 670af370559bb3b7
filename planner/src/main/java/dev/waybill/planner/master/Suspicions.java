package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.BlockRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks that a receiver has found wrong: their sender is to look at them again, and is not asked
 * for them meanwhile.
 */
final class Suspicions {
  /** How long a blamed block is not fetched from the host that was blamed, in seconds. */
  private static final double QUARANTINE = 5;

  private final Map<String, Map<BlockRef, Double>> until = new HashMap<>();

  void suspect(String host, BlockRef block, double now) {
    until.computeIfAbsent(host, h -> new HashMap<>()).put(block, now + QUARANTINE);
  }

  /** The blocks that a host is to read again. */
  List<BlockRef> of(String host) {
    return new ArrayList<>(until.getOrDefault(host, Map.of()).keySet());
  }

  /** Whether a host is suspected of anything. */
  boolean isSuspect(String host) {
    return until.containsKey(host);
  }

  /** The blocks of a file that a host says it holds less those that it is suspected of. */
  BlockSet trusted(String host, FileId file, BlockSet held) {
    BlockSet trusted = held;
    for (BlockRef b : until.getOrDefault(host, Map.of()).keySet()) {
      if (b.file().equals(file)) {
        trusted = trusted.minus(BlockSet.of(b.block(), b.block()));
      }
    }
    return trusted;
  }

  /** Forgets what is over; returns the hosts that are trusted again. */
  List<String> expire(double now) {
    List<String> cleared = new ArrayList<>();
    until
        .entrySet()
        .removeIf(
            e -> {
              boolean any = e.getValue().values().removeIf(t -> t <= now);
              if (any) {
                cleared.add(e.getKey());
              }
              return e.getValue().isEmpty();
            });
    return cleared;
  }
}
