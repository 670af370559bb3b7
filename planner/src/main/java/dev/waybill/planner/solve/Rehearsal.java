package dev.waybill.planner.solve;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * What is left of a schedule of {@link #published} that has come to a third when a host dies.
   *
   * @param running whether the copies that can go on do
   */
  public static Problem interrupted(
      Problem whole, Schedule schedule, String gone, boolean running) {
    double at = schedule.makespan() / 3;
    Map<String, BlockSet> held = new HashMap<>();
    whole.generations().forEach(g -> held.put(g.host(), BlockSet.prefix(LAYOUT.blockCount())));
    List<Copy> left = new ArrayList<>();
    for (Copy c : schedule.copies()) {
      int end = c.first() + arrived(c, at);
      if (end > c.first()) {
        held.merge(c.to(), BlockSet.of(c.first(), end - 1), BlockSet::union);
      }
      if (end <= c.last() && !c.from().equals(gone) && !c.to().equals(gone)) {
        left.add(new Copy(FILE, c.from(), c.to(), end, c.last(), 0, c.rate()));
      }
    }
    List<Copy> lost = left;
    while (!lost.isEmpty()) {
      lost = left.stream().filter(c -> !comesBy(c, held, left)).toList();
      left.removeAll(lost);
    }
    List<Host> hosts =
        whole.network().hosts().values().stream().filter(h -> !h.id().equals(gone)).toList();
    return new Problem(
        FILE,
        "",
        new Network(
            List.copyOf(whole.network().resources().values()), whole.network().paths(), hosts),
        List.of(new FileSpec(FILE, 1, LAYOUT)),
        hosts.stream()
            .filter(h -> held.containsKey(h.id()))
            .map(h -> new Holding(h.id(), FILE, held.getOrDefault(h.id(), BlockSet.EMPTY)))
            .toList(),
        List.of(),
        running ? left : List.of(),
        hosts.stream().map(h -> new Demand(h.id(), FILE)).toList(),
        Objective.MAKESPAN);
  }

  private static int arrived(Copy c, double at) {
    double blocks = Math.max(0, at - c.start()) * c.rate() / LAYOUT.blockSize();
    return (int) Math.min(c.last() - c.first() + 1, blocks);
  }

  private static boolean comesBy(Copy copy, Map<String, BlockSet> held, List<Copy> running) {
    BlockSet needed =
        BlockSet.of(copy.first(), copy.last())
            .minus(held.getOrDefault(copy.from(), BlockSet.EMPTY));
    for (Copy c : running) {
      if (c.to().equals(copy.from())) {
        needed = needed.minus(BlockSet.of(c.first(), c.last()));
      }
    }
    return needed.isEmpty();
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
