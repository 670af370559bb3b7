package dev.waybill.benchmarks.whole;

import dev.waybill.benchmarks.machine.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes at a moment, from {@code /proc}.
 *
 * @param residentKib of memory
 * @param descriptors that are open
 */
record Usage(long residentKib, long descriptors, long threads) {
  static Usage of(long pid) throws IOException {
    String process = Long.toString(pid);
    try (Stream<Path> open = Files.list(Path.of("/proc", process, "fd"))) {
      return new Usage(
          ProcessUse.status(process, "VmRSS").orElseThrow(),
          open.count(),
          ProcessUse.status(process, "Threads").orElseThrow());
    }
  }
}
