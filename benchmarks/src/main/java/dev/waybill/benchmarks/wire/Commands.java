package dev.waybill.benchmarks.wire;

import dev.waybill.benchmarks.machine.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of the wire benchmark. */
final class Commands {
  private static final long POLL_MILLIS = 20;

  private Commands() {}

  /** Starts one that goes on. */
  static Process start(Path log, List<String> command) throws IOException {
    return Processes.start(new ProcessBuilder(command), log);
  }

  /** Runs one to its end, which has to be a good one. */
  static void run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("commands.log");
    int status = start(log, command).waitFor();
    if (status != 0) {
      throw new IOException(
          String.join(" ", command) + ": status " + status + "\n" + Files.readString(log));
    }
  }

  /** Waits until a process listens. */
  static void awaitPort(Process process, int port) throws IOException, InterruptedException {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("port " + port + ": its process has ended", e);
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  static void requireSame(Path source, Path copy) throws IOException {
    long differs = Files.mismatch(source, copy);
    if (differs >= 0) {
      throw new IOException(copy + " differs from " + source + " at byte " + differs);
    }
  }
}
