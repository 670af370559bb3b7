package dev.waybill.planner.instance;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.List;

/** The generator of all-gathers: every host has a file that all others are to have. */
public final class Collective {
  private Collective() {}

  /**
   * An all-gather on all hosts of a network.
   *
   * @param files one for each host, in the order of the hosts
   */
  public static Problem allGather(
      String name, String description, Network network, List<FileSpec> files) {
    List<String> hosts = List.copyOf(network.hosts().keySet());
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      FileSpec file = files.get(i);
      int blocks = file.layout().blockCount();
      holdings.add(new Holding(hosts.get(i), file.id(), BlockSet.prefix(blocks)));
      for (String host : hosts) {
        if (!host.equals(hosts.get(i))) {
          demands.add(new Demand(host, file.id()));
        }
      }
    }
    return new Problem(
        name,
        description,
        network,
        files,
        holdings,
        List.of(),
        List.of(),
        demands,
        Objective.MAKESPAN);
  }
}
