package dev.waybill.benchmarks.wan;

import dev.waybill.benchmarks.machine.ProcessUse;
import dev.waybill.benchmarks.machine.Processes;
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
  private static final long TERM_MILLIS = 400;

  private final List<Process> heads = new ArrayList<>();

  /** A process of the sessions with the seconds of processor time that it and its children had. */
  private record Member(long pid, double cpuSeconds) {}

  Process start(ProcessBuilder command, Path log) throws IOException {
    Process head = Processes.start(command, log);
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
        String name = p.getFileName().toString();
        ProcessUse.Member use;
        try {
          use = ProcessUse.member(name);
        } catch (IOException e) {
          continue; // It has just ended.
        }
        if (heads.stream().anyMatch(h -> h.pid() == use.session())) {
          members.add(new Member(Long.parseLong(name), use.cpuSeconds()));
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
