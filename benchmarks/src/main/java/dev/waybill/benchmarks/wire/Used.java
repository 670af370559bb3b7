package dev.waybill.benchmarks.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process of the wire benchmark has used, from Linux' {@code /proc}. */
final class Used {
  private static final double TICKS_A_SECOND = 100;

  /** Of the fields behind the command's name in /proc/PID/stat: user and system time. */
  private static final int OWN = 11;

  /** The same of the children that have ended. */
  private static final int CHILDREN = 13;

  private Used() {}

  /** Seconds of processor time that it has had. */
  static double cpuSeconds(Process process) throws IOException {
    return seconds(Long.toString(process.pid()), OWN);
  }

  /** Seconds of processor time that those children of this process have had that have ended. */
  static double cpuSecondsOfChildren() throws IOException {
    return seconds("self", CHILDREN);
  }

  private static double seconds(String process, int field) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[field]) + Double.parseDouble(fields[field + 1]);
    return ticks / TICKS_A_SECOND;
  }

  /** Bytes of memory that are resident now. */
  static long residentBytes(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
