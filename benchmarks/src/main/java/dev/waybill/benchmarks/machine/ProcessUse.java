package dev.waybill.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process of a benchmark has used, from Linux' {@code /proc}. */
public final class ProcessUse {
  /** The process that asks. */
  public static final String SELF = "self";

  private static final double TICKS_A_SECOND = 100;

  /** Of the fields behind the command's name in /proc/PID/stat: user and system time. */
  private static final int OWN = 11;

  /** The same of the children that have ended. */
  private static final int CHILDREN = 13;

  private static final int SESSION = 3;

  private ProcessUse() {}

  /** A process's name in {@code /proc}. */
  public static String of(Process process) {
    return Long.toString(process.pid());
  }

  /** Seconds of processor time that it has had. */
  public static double cpuSeconds(String process) throws IOException {
    return seconds(fields(process), OWN);
  }

  /** Seconds of processor time that those of its children have had that have ended. */
  public static double cpuSecondsOfChildren(String process) throws IOException {
    return seconds(fields(process), CHILDREN);
  }

  /**
   * A process of a session.
   *
   * @param session its id
   * @param cpuSeconds of it and of those of its children that have ended
   */
  public record Member(long session, double cpuSeconds) {}

  /** What session it is of, and what it and its children have used. */
  public static Member member(String process) throws IOException {
    String[] fields = fields(process);
    return new Member(
        Long.parseLong(fields[SESSION]), seconds(fields, OWN) + seconds(fields, CHILDREN));
  }

  private static String[] fields(String process) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static double seconds(String[] fields, int first) {
    double ticks = Double.parseDouble(fields[first]) + Double.parseDouble(fields[first + 1]);
    return ticks / TICKS_A_SECOND;
  }

  /**
   * A number of /proc/PID/status, such as {@code VmRSS} and {@code VmHWM} (KiB that are resident,
   * now and at the most) and {@code Threads}; empty where it says none, and where the system has no
   * such file.
   */
  public static OptionalLong status(String process, String name) throws IOException {
    Path status = Path.of("/proc", process, "status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith(name + ":"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
        .findFirst();
  }
}
