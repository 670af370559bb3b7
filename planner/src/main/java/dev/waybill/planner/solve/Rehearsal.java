package dev.waybill.planner.solve;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.util.List;

/**
 * What the planner's solvers warm up on, and learn from: a file from one host of a network to all
 * the others.
 */
public final class Rehearsal {
  private static final String FILE = "rehearsal";
  private static final double BYTES_PER_SECOND = 200e6;
  private static final BlockLayout LAYOUT = new BlockLayout(512L << 18, 1 << 18);

  private Rehearsal() {}

  /** The first host holds the file. */
  public static Problem of(Network network) {
    BlockSet all = BlockSet.prefix(LAYOUT.blockCount());
    String first = network.hosts().keySet().iterator().next();
    return of(network, List.of(new Holding(first, FILE, all)), List.of());
  }

  /** The file is being published at a host. */
  public static Problem published(Network network, String origin) {
    int last = LAYOUT.blockCount() - 1;
    return of(
        network, List.of(), List.of(new Generation(origin, FILE, 0, last, 0, BYTES_PER_SECOND)));
  }

  private static Problem of(Network network, List<Holding> held, List<Generation> generations) {
    List<Host> hosts = List.copyOf(network.hosts().values());
    return new Problem(
        FILE,
        "",
        network,
        List.of(new FileSpec(FILE, 1, LAYOUT)),
        held,
        generations,
        List.of(),
        hosts.stream().map(h -> new Demand(h.id(), FILE)).toList(),
        Objective.MAKESPAN);
  }
}
