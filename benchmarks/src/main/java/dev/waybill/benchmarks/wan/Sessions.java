package dev.waybill.benchmarks.wan;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of one contestant of the comparison, each at the head of a session: what all of
 * them have used of the processor, and their end. Reads {@code /proc}.
 */
final class Sessions implements Closeable {
  private static final double TICKS_A_SECOND = 100;
  private static final long TERM_MILLIS = 400;

  /** Of the fields behind the command's name in /proc/PID/stat. */
  private static final int SESSION = 3;

  private static final int FIRST_TIME = 11;
  private static final int LAST_TIME = 14;

  private final List<Process> heads = new ArrayList<>();

  /** A process of the sessions with the seconds of processor time that it and its children had. */
  private record Member(long pid, double cpuSeconds) {}

  Process start(ProcessBuilder command, Path log) throws IOException {
    Process head =
        command
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    heads.add(head);
    return head;
  }

  /** Seconds of processor time of all that live, and of those of their children that have ended. */
  double cpuSeconds() throws IOException {
    return members().stream().mapToDouble(Member::cpuSeconds).sum();
  }

  private List<Member> members() throws IOException {
    List<Member> members = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path p :
          all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0))).toList()) {
        String[] fields;
        try {
          String stat = Files.readString(p.resolve("stat"));
          fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
          continue; // It has just ended.
        }
        long session = Long.parseLong(fields[SESSION]);
        if (heads.stream().anyMatch(h -> h.pid() == session)) {
          double ticks = 0;
          for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
            ticks += Double.parseDouble(fields[i]);
          }
          long pid = Long.parseLong(p.getFileName().toString());
          members.add(new Member(pid, ticks / TICKS_A_SECOND));
        }
      }
    }
    return members;
  }

  /** Ends every process of the sessions. */
  @Override
  public void close() throws IOException {
    for (Member m : members()) {
      ProcessHandle.of(m.pid).ifPresent(ProcessHandle::destroy);
    }
    pause();
    for (Member m : members()) {
      ProcessHandle.of(m.pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    pause();
  }

  private static void pause() {
    try {
      Thread.sleep(TERM_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
