package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A problem of the master's core with the changes of a what-if question. */
final class Changed {
  /** As a publisher would cut it. */
  private static final long BLOCKS = 512;

  private static final long SMALLEST_BLOCK = 256 << 10;

  private Changed() {}

  /**
   * @throws IllegalArgumentException where the changes name what is not there
   */
  static Problem of(Problem p, WhatIf changes) {
    Set<String> gone = new HashSet<>(changes.withoutHosts());
    require("host", gone, p.network().hosts().keySet());
    require("resource", changes.capacities().keySet(), p.network().resources().keySet());
    List<FileSpec> files = new ArrayList<>(p.files().values());
    List<Holding> holdings = new ArrayList<>(p.holdings());
    List<Demand> demands = new ArrayList<>(p.demands());
    for (WhatIf.NewFile f : changes.files()) {
      require("host", Set.of(f.origin()), p.network().hosts().keySet());
      require("host", new HashSet<>(f.hosts()), p.network().hosts().keySet());
      if (p.files().containsKey(f.name())) {
        throw new IllegalArgumentException("there is a file '" + f.name() + "' already");
      }
      BlockLayout layout =
          new BlockLayout(f.size(), Math.max(SMALLEST_BLOCK, (f.size() + BLOCKS - 1) / BLOCKS));
      files.add(new FileSpec(f.name(), 1, layout));
      if (layout.blockCount() > 0) {
        holdings.add(new Holding(f.origin(), f.name(), Layouts.all(layout)));
      }
      List<String> to = f.hosts().isEmpty() ? List.copyOf(p.network().hosts().keySet()) : f.hosts();
      to.forEach(h -> demands.add(new Demand(h, f.name())));
    }
    holdings.removeIf(h -> gone.contains(h.host()) || h.blocks().equals(BlockSet.EMPTY));
    demands.removeIf(d -> gone.contains(d.host()));
    return new Problem(
        p.name(),
        "",
        network(p.network(), gone, changes),
        files,
        holdings,
        p.generations().stream().filter(g -> !gone.contains(g.host())).toList(),
        p.inProgress().stream()
            .filter(c -> !gone.contains(c.from()) && !gone.contains(c.to()))
            .toList(),
        demands,
        p.objective());
  }

  private static Network network(Network n, Set<String> gone, WhatIf changes) {
    List<Resource> resources = new ArrayList<>();
    for (Resource r : n.resources().values()) {
      Double other = changes.capacities().get(r.id());
      resources.add(other == null ? r : new Resource(r.id(), new DataRate(other), r.costPerByte()));
    }
    List<Host> hosts = n.hosts().values().stream().filter(h -> !gone.contains(h.id())).toList();
    return new Network(resources, n.paths(), hosts);
  }

  private static void require(String kind, Set<String> named, Set<String> known) {
    for (String id : named) {
      if (!known.contains(id)) {
        throw new IllegalArgumentException("no " + kind + " '" + id + "' is up");
      }
    }
  }
}
