package dev.waybill.model.json;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an instance, its sections in any order; what they say of each other is resolved once all of
 * them are there.
 */
final class InstanceReader {
  private static final Keys KEYS =
      Keys.required("format", "name", "resources", "hosts", "files", "holdings", "demands")
          .optional("description", "paths", "generations", "inProgress", "objective");

  private final JsonCursor json;
  private final NetworkReader network;
  private final Map<String, FileSpec> filesById = new HashMap<>();
  private String name = "";
  private String description = "";
  private List<FileSpec> files = List.of();
  private List<HoldingReader.RawHolding> holdings = List.of();
  private List<Generation> generations = List.of();
  private List<Copy> inProgress = List.of();
  private List<Demand> demands = List.of();
  private Objective objective = Objective.MAKESPAN;

  InstanceReader(JsonCursor json) {
    this.json = json;
    this.network = NetworkReader.ofInstance(json);
  }

  Problem read() throws IOException, FormatException {
    json.object(KEYS, this::section);
    Network resolvedNetwork = network.resolved();
    return new Problem(
        name,
        description,
        resolvedNetwork,
        files,
        resolvedHoldings(),
        resolvedGenerations(),
        resolvedInProgress(),
        resolvedDemands(),
        objective);
  }

  private void section(String key) throws IOException, FormatException {
    switch (key) {
      case "format" -> json.exactly(InstanceFormat.NAME);
      case "name" -> name = json.identifier();
      case "description" -> description = json.text();
      case "resources" -> network.readResources();
      case "paths" -> network.readPaths();
      case "hosts" -> network.readHosts();
      case "files" -> files = json.array(() -> new FileSpecReader(json, filesById).read());
      case "holdings" -> holdings = json.array(() -> new HoldingReader(json).read());
      case "generations" -> generations = json.array(() -> new GenerationReader(json).read());
      case "inProgress" -> inProgress = json.array(copies()::read);
      case "demands" -> demands = json.array(() -> new DemandReader(json).read());
      default -> objective = new ObjectiveReader(json).read();
    }
  }

  private CopyReader copies() {
    return new CopyReader(json, json::identifier, json::identifier, json::finite);
  }

  private List<Holding> resolvedHoldings() throws FormatException {
    List<Holding> out = new ArrayList<>(holdings.size());
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < holdings.size(); i++) {
      String pointer = "/holdings/" + i;
      HoldingReader.RawHolding h = holdings.get(i);
      requireHost(pointer + "/host", h.host());
      int blockCount = requireFile(pointer + "/file", h.file());
      for (int k = 0; k < h.ranges().size(); k++) {
        requireBlock(pointer + "/blocks/" + k + "/1", h.ranges().get(k).last(), blockCount);
      }
      if (!seen.add(List.of(h.host(), h.file()))) {
        throw json.wrongAt(pointer, "a second holding of '" + h.host() + "' of '" + h.file() + "'");
      }
      out.add(new Holding(h.host(), h.file(), BlockSet.of(h.ranges())));
    }
    return out;
  }

  private List<Generation> resolvedGenerations() throws FormatException {
    for (int i = 0; i < generations.size(); i++) {
      String pointer = "/generations/" + i;
      Generation g = generations.get(i);
      requireHost(pointer + "/host", g.host());
      requireBlock(pointer + "/last", g.last(), requireFile(pointer + "/file", g.file()));
    }
    return generations;
  }

  private List<Copy> resolvedInProgress() throws FormatException {
    for (int i = 0; i < inProgress.size(); i++) {
      String pointer = "/inProgress/" + i;
      Copy c = inProgress.get(i);
      requireHost(pointer + "/from", c.from());
      requireHost(pointer + "/to", c.to());
      requireBlock(pointer + "/last", c.last(), requireFile(pointer + "/file", c.file()));
    }
    return inProgress;
  }

  private List<Demand> resolvedDemands() throws FormatException {
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < demands.size(); i++) {
      String pointer = "/demands/" + i;
      Demand d = demands.get(i);
      requireHost(pointer + "/host", d.host());
      requireFile(pointer + "/file", d.file());
      if (!seen.add(List.of(d.host(), d.file()))) {
        throw json.wrongAt(pointer, "a second demand of '" + d.host() + "' for '" + d.file() + "'");
      }
    }
    return demands;
  }

  private void requireHost(String pointer, String host) throws FormatException {
    if (!network.knowsHost(host)) {
      throw json.wrongAt(pointer, "there is no host '" + host + "'");
    }
  }

  /** Returns how many blocks the file has. */
  private int requireFile(String pointer, String file) throws FormatException {
    FileSpec known = filesById.get(file);
    if (known == null) {
      throw json.wrongAt(pointer, "there is no file '" + file + "'");
    }
    return known.layout().blockCount();
  }

  private void requireBlock(String pointer, int block, int blockCount) throws FormatException {
    if (block >= blockCount) {
      throw json.wrongAt(pointer, "block " + block + " of a file of " + blockCount + " blocks");
    }
  }
}
