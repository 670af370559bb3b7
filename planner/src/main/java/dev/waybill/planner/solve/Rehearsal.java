package dev.waybill.planner.solve;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.util.List;

/**
 * What the planner's solvers warm up on: a file from the first host of a network to all the others.
 */
public final class Rehearsal {
  private static final BlockLayout LAYOUT = new BlockLayout(512L << 18, 1 << 18);

  private Rehearsal() {}

  public static Problem of(Network network) {
    List<Host> hosts = List.copyOf(network.hosts().values());
    String file = "rehearsal";
    return new Problem(
        file,
        "",
        network,
        List.of(new FileSpec(file, 1, LAYOUT)),
        List.of(new Holding(hosts.get(0).id(), file, BlockSet.prefix(LAYOUT.blockCount()))),
        List.of(),
        List.of(),
        hosts.stream().map(h -> new Demand(h.id(), file)).toList(),
        Objective.MAKESPAN);
  }
}
