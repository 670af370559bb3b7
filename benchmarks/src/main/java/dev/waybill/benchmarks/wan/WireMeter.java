package dev.waybill.benchmarks.wan;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has gone over every resource of an emulated network, as the kernel's counters of its
 * interfaces say about twenty times a second: payload, with what TCP adds to it.
 */
final class WireMeter implements Closeable {
  /** Before all others, who take both processors when they start. */
  private static final String SAMPLES =
      "renice -n -10 $$ > /dev/null; while :; do read -r up rest < /proc/uptime; echo \"at $up\";"
          + " while read -r line; do echo \"$line\"; done < /proc/net/dev; sleep 0.04; done";

  /** The counters of an interface in a line of {@code /proc/net/dev}. */
  private static final int RECEIVED = 0;

  private static final int SENT = 8;

  /** Between two samples no second can be told from another where there is more, in seconds. */
  private static final double LONGEST_GAP = 0.3;

  private final List<Process> samplers = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private volatile boolean closed;
  private volatile @Nullable Exception failure;

  /**
   * @param at seconds of the machine's uptime
   * @param bytes that had gone over the resource
   */
  private record Sample(double at, long bytes) {}

  /** Begins to look at all resources of a network. */
  WireMeter(EmulatedWan wan) throws IOException {
    for (String site : wan.topology().siteNames()) {
      Map<String, String> incoming = new LinkedHashMap<>();
      Map<String, String> outgoing = new LinkedHashMap<>();
      for (WanTopology.Member h : wan.topology().hosts()) {
        if (h.site().equals(site)) {
          incoming.put(EmulatedWan.portOf(h.id()), h.id() + ".up");
          outgoing.put(EmulatedWan.portOf(h.id()), h.id() + ".down");
        }
      }
      incoming.put(EmulatedWan.CORE, site + ".in");
      outgoing.put(EmulatedWan.CORE, site + ".out");
      Process sampler = wan.atSite(site, SAMPLES).start();
      samplers.add(sampler);
      Thread reader = new Thread(() -> read(sampler, incoming, outgoing), "wire-meter-" + site);
      reader.setDaemon(true);
      reader.start();
      readers.add(reader);
    }
  }

  private void read(Process sampler, Map<String, String> incoming, Map<String, String> outgoing) {
    double at = 0;
    try (BufferedReader lines = sampler.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        String device = colon < 0 ? "" : line.substring(0, colon).strip();
        String comes = incoming.get(device);
        String goes = outgoing.get(device);
        if (line.startsWith("at ")) {
          at = Double.parseDouble(line.substring(3));
        } else if (comes != null && goes != null) {
          String[] counters = line.substring(colon + 1).strip().split("\\s+", -1);
          add(comes, at, Long.parseLong(counters[RECEIVED]));
          add(goes, at, Long.parseLong(counters[SENT]));
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        failure = e;
      }
    }
  }

  private void add(String resource, double at, long bytes) {
    synchronized (samples) {
      samples.computeIfAbsent(resource, r -> new ArrayList<>()).add(new Sample(at, bytes));
    }
  }

  /**
   * By resource, the most bytes per second that have gone over it in any second.
   *
   * @throws IOException where the counters have not been read often enough to tell
   */
  Map<String, Double> mostInASecond() throws IOException {
    if (failure != null) {
      throw new IOException("the counters could not be read any more: " + failure, failure);
    }
    Map<String, Double> most = new LinkedHashMap<>();
    synchronized (samples) {
      for (Map.Entry<String, List<Sample>> e : samples.entrySet()) {
        most.put(e.getKey(), mostInASecond(e.getKey(), e.getValue()));
      }
    }
    return most;
  }

  private static double mostInASecond(String resource, List<Sample> samples) throws IOException {
    double most = 0;
    int last = 0;
    for (Sample first : samples) {
      while (last < samples.size() && samples.get(last).at < first.at + 1) {
        last++;
      }
      if (last == samples.size()) {
        return most;
      }
      Sample end = samples.get(last);
      if (end.at > first.at + 1 + LONGEST_GAP) {
        throw new IOException(
            "%s was not looked at for %.1f s".formatted(resource, end.at - first.at - 1));
      }
      most = Math.max(most, (end.bytes - first.bytes) / (end.at - first.at));
    }
    return most;
  }

  /** By resource, how many bytes have gone over it. */
  Map<String, Long> bytes() {
    Map<String, Long> sums = new LinkedHashMap<>();
    synchronized (samples) {
      samples.forEach(
          (resource, of) -> sums.put(resource, of.get(of.size() - 1).bytes - of.get(0).bytes));
    }
    return sums;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (Process p : samplers) {
      p.descendants().forEach(ProcessHandle::destroyForcibly);
      p.destroyForcibly();
    }
    try {
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
