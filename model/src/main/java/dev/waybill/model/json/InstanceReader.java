package dev.waybill.model.json;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.Identifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an instance, its sections in any order; what they say of each other is resolved once all of
 * them are there.
 */
final class InstanceReader {
  private static final Keys KEYS =
      Keys.required("format", "name", "resources", "hosts", "files", "holdings", "demands")
          .optional("description", "paths", "generations", "inProgress", "objective");
  private static final Keys FILE = Keys.required("id", "size", "blockSize").optional("version");
  private static final Keys HOLDING = Keys.required("host", "file", "blocks");
  private static final Keys GENERATION =
      Keys.required("host", "file", "first", "last", "start", "rate");
  private static final Keys DEMAND = Keys.required("host", "file").optional("weight", "deadline");
  private static final Keys OBJECTIVE =
      Keys.required().optional("makespan", "weightedCompletion", "cost", "lateness");

  /** A holding whose ranges still stand as they were written. */
  private record RawHolding(String host, String file, List<BlockRange> ranges) {}

  private final JsonCursor json;
  private final NetworkReader network;
  private final Map<String, FileSpec> filesById = new HashMap<>();
  private String name = "";
  private String description = "";
  private List<FileSpec> files = List.of();
  private List<RawHolding> holdings = List.of();
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
      case "files" -> files = json.array(() -> new FileFields().read());
      case "holdings" -> holdings = json.array(() -> new HoldingFields().read());
      case "generations" -> generations = json.array(() -> new GenerationFields().read());
      case "inProgress" -> inProgress = json.array(copies()::read);
      case "demands" -> demands = json.array(() -> new DemandFields().read());
      default -> objective = new ObjectiveFields().read();
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
      RawHolding h = holdings.get(i);
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

  private final class FileFields {
    private String id = "";
    private long version = 1;
    private long size;
    private long blockSize;

    FileSpec read() throws IOException, FormatException {
      json.object(FILE, this::field);
      FileSpec file = new FileSpec(id, version, layout());
      filesById.put(id, file);
      return file;
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "id" -> id = newId();
        case "version" -> version = json.whole();
        case "size" -> size = json.whole();
        default -> blockSize = blockSize();
      }
    }

    private String newId() throws IOException, FormatException {
      String text = json.text(t -> Identifier.requireFile("this", t));
      if (filesById.containsKey(text)) {
        throw json.wrong("'" + text + "' is there twice");
      }
      return text;
    }

    private long blockSize() throws IOException, FormatException {
      json.positive();
      return json.whole();
    }

    private BlockLayout layout() throws FormatException {
      try {
        return new BlockLayout(size, blockSize);
      } catch (IllegalArgumentException e) {
        throw json.wrong(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private final class HoldingFields {
    private String host = "";
    private String file = "";
    private List<BlockRange> ranges = List.of();
    private long end;

    RawHolding read() throws IOException, FormatException {
      json.object(HOLDING, this::field);
      return new RawHolding(host, file, ranges);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "host" -> host = json.identifier();
        case "file" -> file = json.identifier();
        default -> ranges = json.array(this::range);
      }
    }

    private BlockRange range() throws IOException, FormatException {
      List<Integer> pair = json.array(json::block);
      if (pair.size() != 2) {
        throw json.wrong("a range of blocks is [first, last], not " + pair.size() + " numbers");
      }
      int first = pair.get(0);
      int last = pair.get(1);
      if (first > last) {
        throw json.wrong("blocks " + first + ".." + last + ", the first of them after the last");
      }
      if (first < end) {
        throw json.wrong("ranges that overlap or do not ascend at block " + first);
      }
      end = last + 1L;
      return new BlockRange(first, last);
    }
  }

  private final class GenerationFields {
    private String host = "";
    private String file = "";
    private int first;
    private int last;
    private double start;
    private double rate;

    Generation read() throws IOException, FormatException {
      json.object(GENERATION, this::field);
      if (first > last) {
        throw json.wrongBelow("last", "it is " + last + ", and first is " + first);
      }
      return new Generation(host, file, first, last, start, rate);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "host" -> host = json.identifier();
        case "file" -> file = json.identifier();
        case "first" -> first = json.block();
        case "last" -> last = json.block();
        case "start" -> start = json.number();
        default -> rate = json.positive();
      }
    }
  }

  private final class DemandFields {
    private String host = "";
    private String file = "";
    private double weight = 1;
    private @Nullable Double deadline;

    Demand read() throws IOException, FormatException {
      json.object(DEMAND, this::field);
      return new Demand(host, file, weight, deadline);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "host" -> host = json.identifier();
        case "file" -> file = json.identifier();
        case "weight" -> weight = json.number();
        default -> deadline = json.isNull() ? null : json.number();
      }
    }
  }

  private final class ObjectiveFields {
    private double makespan;
    private double weightedCompletion;
    private double cost;
    private double lateness;

    Objective read() throws IOException, FormatException {
      json.object(OBJECTIVE, this::field);
      return new Objective(makespan, weightedCompletion, cost, lateness);
    }

    private void field(String key) throws IOException, FormatException {
      switch (key) {
        case "makespan" -> makespan = json.number();
        case "weightedCompletion" -> weightedCompletion = json.number();
        case "cost" -> cost = json.number();
        default -> lateness = json.number();
      }
    }
  }
}
