package dev.waybill.planner.solve.rounds;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.List;

/** Problems of tests in which some hosts have all files, and all others want them. */
final class Flat {
  private final List<Resource> resources = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final List<String> holders = new ArrayList<>();
  private final List<FileSpec> files = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();

  Flat holder(String id, String location, double up) {
    holders.add(id);
    return host(id, location, up, up);
  }

  Flat receivers(int n, String location, double up, double down) {
    for (int i = 0; i < n; i++) {
      host(location + i, location, up, down);
    }
    return this;
  }

  private Flat host(String id, String location, double up, double down) {
    resource(id + ".up", up);
    resource(id + ".down", down);
    return host(new Host(id, location, List.of(id + ".up"), List.of(id + ".down")));
  }

  Flat host(Host host) {
    hosts.add(host);
    return this;
  }

  Flat resource(String id, double capacity) {
    resources.add(new Resource(id, new DataRate(capacity), 0));
    return this;
  }

  Flat path(String from, String to, String... via) {
    paths.add(new Path(from, to, List.of(via)));
    return this;
  }

  Flat file(String id, long size, long blockSize) {
    files.add(new FileSpec(id, 1, new BlockLayout(size, blockSize)));
    return this;
  }

  Flat inProgress(Copy copy) {
    inProgress.add(copy);
    return this;
  }

  Problem problem() {
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (FileSpec f : files) {
      for (Host h : hosts) {
        if (holders.contains(h.id())) {
          BlockSet all = BlockSet.prefix(f.layout().blockCount());
          holdings.add(new Holding(h.id(), f.id(), all));
        } else {
          demands.add(new Demand(h.id(), f.id()));
        }
      }
    }
    return new Problem(
        "flat",
        "",
        new Network(resources, paths, hosts),
        files,
        holdings,
        List.of(),
        inProgress,
        demands,
        Objective.MAKESPAN);
  }

  IndexedProblem indexed() {
    return new IndexedProblem(problem());
  }
}
