package dev.waybill.planner.instance;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What makes a problem of a network, for importers and generators: files that one host holds whole
 * and others are to have.
 *
 * @param files what is distributed
 * @param source the host that holds them
 * @param receivers the hosts that demand all of them
 * @param relays whether the hosts that are neither may pass blocks on
 * @param objective what counts
 */
public record Distribution(
    List<FileSpec> files,
    String source,
    List<String> receivers,
    boolean relays,
    Objective objective) {

  public Distribution {
    files = List.copyOf(files);
    receivers = List.copyOf(receivers);
  }

  /** From a source to all other hosts, for the makespan. */
  public static Distribution toAll(Network network, String source, List<FileSpec> files) {
    List<String> others = network.hosts().keySet().stream().filter(h -> !h.equals(source)).toList();
    return new Distribution(files, source, others, false, Objective.MAKESPAN);
  }

  /** One file of so many whole blocks. */
  public static List<FileSpec> blocks(String id, int blocks, long blockSize) {
    return shards(id, Math.multiplyExact(blocks, blockSize), blockSize, 1);
  }

  /**
   * Bytes as one file or as several that differ by one byte at most, called {@code
   * ID-00001-of-00030} and so on.
   *
   * @param size bytes of all together
   * @param shards how many, at least 1
   */
  public static List<FileSpec> shards(String id, long size, long blockSize, int shards) {
    if (shards == 1) {
      return List.of(new FileSpec(id, 1, new BlockLayout(size, blockSize)));
    }
    List<FileSpec> files = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      long bytes = size / shards + (i < size % shards ? 1 : 0);
      String name = String.format(Locale.ROOT, "%s-%05d-of-%05d", id, i + 1, shards);
      files.add(new FileSpec(name, 1, new BlockLayout(bytes, blockSize)));
    }
    return files;
  }

  /**
   * The problem of this distribution on a network.
   *
   * @throws IllegalArgumentException where a host is not there
   */
  public Problem on(String name, String description, Network network) {
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (FileSpec f : files) {
      holdings.add(new Holding(source, f.id(), BlockSet.prefix(f.layout().blockCount())));
      receivers.forEach(r -> demands.add(new Demand(r, f.id())));
    }
    return new Problem(
        name,
        description,
        relays ? withRelays(network) : network,
        files,
        holdings,
        List.of(),
        List.of(),
        demands,
        objective);
  }

  private Network withRelays(Network network) {
    Set<String> ends = new HashSet<>(receivers);
    ends.add(source);
    List<Host> hosts =
        network.hosts().values().stream().map(h -> ends.contains(h.id()) ? h : relay(h)).toList();
    return new Network(List.copyOf(network.resources().values()), network.paths(), hosts);
  }

  private static Host relay(Host h) {
    return new Host(h.id(), h.location(), h.egress(), h.ingress(), true, h.storage(), h.address());
  }
}
