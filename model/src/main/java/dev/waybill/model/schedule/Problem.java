package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Network;
import dev.waybill.model.unit.Identifier;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a solver is given: a network, files, who holds and makes which blocks, what is under way,
 * who demands what, and what counts. The {@code waybill-instance/1} format in memory, with every
 * reference resolved. Immutable.
 */
public final class Problem {
  private final String name;
  private final String description;
  private final Network network;
  private final Map<String, FileSpec> files;
  private final List<Holding> holdings;
  private final List<Generation> generations;
  private final List<Copy> inProgress;
  private final List<Demand> demands;
  private final Objective objective;

  /**
   * @throws IllegalArgumentException where a host or file is named that is not there, a block lies
   *     outside its file, or a file, holding or demand is there twice
   */
  public Problem(
      String name,
      String description,
      Network network,
      List<FileSpec> files,
      List<Holding> holdings,
      List<Generation> generations,
      List<Copy> inProgress,
      List<Demand> demands,
      Objective objective) {
    this.name = Identifier.require("an instance's name", name);
    this.description = description;
    this.network = network;
    Map<String, FileSpec> byId = new LinkedHashMap<>();
    for (FileSpec f : files) {
      if (byId.put(f.id(), f) != null) {
        throw new IllegalArgumentException("file '" + f.id() + "' is there twice");
      }
    }
    this.files = Collections.unmodifiableMap(byId);
    this.holdings = List.copyOf(holdings);
    this.generations = List.copyOf(generations);
    this.inProgress = List.copyOf(inProgress);
    this.demands = List.copyOf(demands);
    this.objective = objective;
    Set<List<String>> seen = new HashSet<>();
    for (Holding h : holdings) {
      requireKnown(h.host(), h.file(), h.blocks().end() - 1);
      if (!seen.add(List.of(h.host(), h.file()))) {
        throw new IllegalArgumentException("a second holding of " + h.host() + " of " + h.file());
      }
    }
    generations.forEach(g -> requireKnown(g.host(), g.file(), g.last()));
    for (Copy c : inProgress) {
      requireKnown(c.from(), c.file(), c.last());
      requireKnown(c.to(), c.file(), c.last());
    }
    seen.clear();
    for (Demand d : demands) {
      requireKnown(d.host(), d.file(), -1);
      if (!seen.add(List.of(d.host(), d.file()))) {
        throw new IllegalArgumentException("a second demand of " + d.host() + " for " + d.file());
      }
    }
  }

  /** The same with these copies under way, and this objective. */
  public Problem with(List<Copy> otherInProgress, Objective otherObjective) {
    return new Problem(
        name,
        description,
        network,
        List.copyOf(files.values()),
        holdings,
        generations,
        otherInProgress,
        demands,
        otherObjective);
  }

  private void requireKnown(String host, String file, int lastBlock) {
    if (!network.hosts().containsKey(host)) {
      throw new IllegalArgumentException("there is no host '" + host + "'");
    }
    FileSpec f = files.get(file);
    if (f == null) {
      throw new IllegalArgumentException("there is no file '" + file + "'");
    }
    if (lastBlock >= f.layout().blockCount()) {
      throw new IllegalArgumentException(
          "block "
              + lastBlock
              + " of '"
              + file
              + "', which has "
              + f.layout().blockCount()
              + " blocks");
    }
  }

  public String name() {
    return name;
  }

  /** What it is and where its figures come from; may be empty. */
  public String description() {
    return description;
  }

  public Network network() {
    return network;
  }

  /** The files by id, in the order of the instance. */
  public Map<String, FileSpec> files() {
    return files;
  }

  /** At most one per host and file. */
  public List<Holding> holdings() {
    return holdings;
  }

  public List<Generation> generations() {
    return generations;
  }

  /** Copies that are under way and can't be changed. */
  public List<Copy> inProgress() {
    return inProgress;
  }

  /** At most one per host and file. */
  public List<Demand> demands() {
    return demands;
  }

  public Objective objective() {
    return objective;
  }

  /** The blocks of {@code file} that {@code host} holds at time 0. Linear in the holdings. */
  public BlockSet held(String host, String file) {
    return holdings.stream()
        .filter(h -> h.host().equals(host) && h.file().equals(file))
        .map(Holding::blocks)
        .findFirst()
        .orElse(BlockSet.EMPTY);
  }
}
