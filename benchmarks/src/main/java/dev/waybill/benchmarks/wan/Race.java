package dev.waybill.benchmarks.wan;

import dev.waybill.model.json.NetworkFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of the comparison: one contestant distributes one file on one emulated network. The clock
 * runs from the start of the contestant's command to the last host's being done; every host's file
 * is compared with the original after that.
 */
final class Race {
  private static final long LOOK_MILLIS = 20;

  private final EmulatedWan wan;
  private final Contestant contestant;
  private final Path file;
  private final Path folder;
  private final String waybill;
  private final double timeoutSeconds;

  /**
   * @param folder a new one, for everything that is written
   * @param waybill the launcher's path
   */
  Race(
      EmulatedWan wan,
      Contestant contestant,
      Path file,
      Path folder,
      String waybill,
      double timeoutSeconds) {
    this.wan = wan;
    this.contestant = contestant;
    this.file = file;
    this.folder = folder;
    this.waybill = waybill;
    this.timeoutSeconds = timeoutSeconds;
  }

  /**
   * How it went.
   *
   * @param seconds on the wall
   * @param cpuSeconds of all processes meanwhile
   */
  record Result(double seconds, double cpuSeconds) {}

  /**
   * @throws IOException where it does not come to its end, or ends wrong
   */
  Result run() throws IOException, InterruptedException {
    List<Map<String, String>> places = places();
    Map<String, String> source = places.get(0);
    List<Map<String, String>> receivers = places.subList(1, places.size());
    try (Sessions sessions = new Sessions()) {
      prepare(source);
      start(sessions, source, contestant.atSource());
      for (Map<String, String> r : receivers) {
        start(sessions, r, contestant.atHost());
      }
      Thread.sleep(Math.round(contestant.warmUpSeconds() * 1e3));
      double cpuBefore = sessions.cpuSeconds();
      long began = System.nanoTime();
      start(sessions, source, contestant.go());
      for (Map<String, String> r : receivers) {
        start(sessions, r, contestant.fetch());
      }
      List<Map<String, String>> waiting = new ArrayList<>(receivers);
      while (!waiting.isEmpty()) {
        waiting.removeIf(r -> Files.exists(Path.of(filled(contestant.done(), r))));
        if ((System.nanoTime() - began) / 1e9 > timeoutSeconds) {
          throw new IOException(
              "%d of %d hosts not done in %.0f s; see %s"
                  .formatted(waiting.size(), receivers.size(), timeoutSeconds, folder));
        }
        Thread.sleep(LOOK_MILLIS);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      double cpu = sessions.cpuSeconds() - cpuBefore;
      for (Map<String, String> r : receivers) {
        if (Files.mismatch(file, Path.of(filled(contestant.result(), r))) >= 0) {
          throw new IOException("the file differs at " + r.get("name"));
        }
      }
      return new Result(seconds, cpu);
    }
  }

  private void prepare(Map<String, String> source) throws IOException, InterruptedException {
    for (String script : List.of("libtorrent_peer.py", "info_hash.py")) {
      try (InputStream in = Race.class.getResourceAsStream("/wan/" + script)) {
        Files.copy(Objects.requireNonNull(in, script), folder.resolve(script));
      }
    }
    NetworkFormat.write(wan.topology().network(), folder.resolve("network.json"));
    List<String> lines = new ArrayList<>();
    wan.topology().hosts().forEach(h -> lines.add(h.id() + " " + wan.address(h.id())));
    Files.write(folder.resolve("hosts.txt"), lines);
    Process process =
        new ProcessBuilder("/bin/sh", "-c", filled(contestant.prepare(), source))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(contestant.name() + " can't be prepared: " + said.strip());
    }
  }

  private void start(Sessions sessions, Map<String, String> place, String command)
      throws IOException {
    if (!command.isEmpty()) {
      Path log = Path.of(Objects.requireNonNull(place.get("dir")), "log");
      // What has ended is counted by the shell that stays.
      String lasting = "(" + filled(command, place) + "); sleep 900";
      sessions.start(wan.at(Objects.requireNonNull(place.get("name")), lasting), log);
    }
  }

  /** What stands for what at each host, the source first. */
  private List<Map<String, String>> places() throws IOException {
    List<WanTopology.Member> hosts = wan.topology().hosts();
    List<Map<String, String>> places = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      String name = hosts.get(i).id();
      Path dir = Files.createDirectories(folder.resolve(name));
      Map<String, String> place = new LinkedHashMap<>();
      place.put("name", name);
      place.put("ip", wan.address(name));
      place.put("dir", dir.toString());
      place.put("out", dir.resolve("payload.bin").toString());
      place.put("nextip", i + 1 < hosts.size() ? wan.address(hosts.get(i + 1).id()) : "");
      String parent = i == 0 ? "" : hosts.get((i - 1) / 2).id();
      place.put("parentip", i == 0 ? "" : wan.address(parent));
      place.put("parentdir", i == 0 ? "" : folder.resolve(parent).toString());
      place.put("source", hosts.get(0).id());
      place.put("sourceip", wan.address(hosts.get(0).id()));
      place.put("file", file.toString());
      place.put("shared", folder.toString());
      place.put("waybill", waybill);
      places.add(place);
    }
    return places;
  }

  private static String filled(String template, Map<String, String> place) {
    String text = template;
    for (Map.Entry<String, String> e : new HashMap<>(place).entrySet()) {
      text = text.replace("{" + e.getKey() + "}", e.getValue());
    }
    return text;
  }
}
