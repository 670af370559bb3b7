package dev.waybill.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.benchmarks.machine.ProcessUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.OptionalLong;

/**
 * The most memory that a run in a comparison had in use.
 *
 * @param bytes at the peak
 * @param kind what was measured
 */
public record Memory(long bytes, Kind kind) {
  /** What is measured. */
  public enum Kind {
    /** The resident set of the run's own process: Java heap, native memory, code, all of it. */
    RESIDENT("resident"),
    /** The Java heap alone, with what had not been collected yet. */
    HEAP("heap");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }
  }

  /** From now on {@link #heap} is of what is used from now on. */
  static void reset() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
  }

  /** The heap's peak since the reset: the sum over its pools, which may peak at different times. */
  public static Memory heap() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        bytes += pool.getPeakUsage().getUsed();
      }
    }
    return new Memory(bytes, Kind.HEAP);
  }

  /** The peak of this process since its start; of its heap where the system does not tell. */
  public static Memory ofProcess() {
    try {
      OptionalLong kibibytes = ProcessUse.status(ProcessUse.SELF, "VmHWM");
      if (kibibytes.isPresent()) {
        return new Memory(kibibytes.getAsLong() * 1024, Kind.RESIDENT);
      }
    } catch (IOException | NumberFormatException e) {
      // Only Linux tells.
    }
    return heap();
  }
}
