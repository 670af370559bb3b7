package dev.waybill.benchmarks.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes at a moment, from {@code /proc}.
 *
 * @param residentKib of memory
 * @param descriptors that are open
 */
record Usage(long residentKib, long descriptors, long threads) {
  static Usage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(process.resolve("status"));
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return new Usage(field(status, "VmRSS:"), open.count(), field(status, "Threads:"));
    }
  }

  private static long field(List<String> status, String name) {
    return status.stream()
        .filter(l -> l.startsWith(name))
        .map(l -> Long.parseLong(l.substring(name.length()).replace("kB", "").strip()))
        .findFirst()
        .orElseThrow();
  }
}
