package dev.waybill.executor.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long ago this process was started, JVM included. From Linux's own books, to 10 ms: what the
 * JDK says of a process's start is off by up to a second there.
 */
public final class ProcessAge {
  private static final double TICKS_PER_SECOND = 100;

  /** Of the start, among the fields behind the process's name. */
  private static final int START_FIELD = 19;

  private ProcessAge() {}

  /** Null where the system does not say. */
  public static @Nullable Double seconds() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double start = Long.parseLong(fields[START_FIELD]) / TICKS_PER_SECOND;
      String uptime = Files.readString(Path.of("/proc/uptime"));
      // Both are cut off to a hundredth.
      return Math.max(0, Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - start);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
