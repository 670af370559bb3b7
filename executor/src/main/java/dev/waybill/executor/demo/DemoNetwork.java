package dev.waybill.executor.demo;

import dev.waybill.model.json.Messages;
import dev.waybill.model.unit.DataRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network of the demonstration: hosts at two sites with equal interfaces, and between the sites
 * a link each way that carries all of them at once.
 */
record DemoNetwork(int hosts, DataRate interfaceRate) {
  private static final List<String> SITES = List.of("east", "west");

  /** The hosts' ids; the first one is the origin. */
  List<String> hostIds() {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      ids.add("h" + i);
    }
    return ids;
  }

  /** Writes it as {@code waybill-network/1}. */
  void write(Path file) throws IOException {
    double rate = interfaceRate.bytesPerSecond();
    List<Object> resources = new ArrayList<>();
    List<Object> hostList = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      String id = hostIds().get(i);
      resources.add(Map.of("id", id + ".up", "capacity", rate));
      resources.add(Map.of("id", id + ".down", "capacity", rate));
      hostList.add(
          Map.of(
              "id", id,
              "location", SITES.get(i % SITES.size()),
              "egress", List.of(id + ".up"),
              "ingress", List.of(id + ".down")));
    }
    List<Object> paths = new ArrayList<>();
    for (String from : SITES) {
      for (String to : SITES) {
        if (!from.equals(to)) {
          resources.add(Map.of("id", from + "-" + to, "capacity", hosts * rate));
          paths.add(Map.of("from", from, "to", to, "via", List.of(from + "-" + to)));
        }
      }
    }
    Files.write(
        file,
        Messages.write(
            Map.of(
                "format", "waybill-network/1",
                "resources", resources,
                "paths", paths,
                "hosts", hostList)));
  }
}
