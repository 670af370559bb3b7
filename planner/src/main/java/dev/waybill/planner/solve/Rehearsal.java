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
    return of(network, List.of(new Holding(first, FILE, all)), List.of(), List.of());
  }

  /** The file is being published at a host. */
  public static Problem published(Network network, String origin) {
    int last = LAYOUT.blockCount() - 1;
    Generation made = new Generation(origin, FILE, 0, last, 0, BYTES_PER_SECOND);
    return of(network, List.of(), List.of(made), List.of());
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
      boolean runs = c.start() < at && end <= c.last();
      if (runs && !c.from().equals(gone) && !c.to().equals(gone)) {
        left.add(new Copy(FILE, c.from(), c.to(), end, c.last(), 0, c.rate()));
      }
    }
    held.remove(gone);
    List<Copy> goingOn = running ? goingOn(left, held) : List.of();
    List<Host> hosts =
        whole.network().hosts().values().stream().filter(h -> !h.id().equals(gone)).toList();
    return of(
        new Network(
            List.copyOf(whole.network().resources().values()), whole.network().paths(), hosts),
        held.entrySet().stream().map(e -> new Holding(e.getKey(), FILE, e.getValue())).toList(),
        List.of(),
        goingOn);
  }

  private static int arrived(Copy c, double at) {
    double blocks = Math.max(0, at - c.start()) * c.rate() / LAYOUT.blockSize();
    return (int) Math.min(c.last() - c.first() + 1, blocks);
  }

  /** Those that do not pass on what went with the host that died. */
  private static List<Copy> goingOn(List<Copy> left, Map<String, BlockSet> held) {
    Map<String, BlockSet> coming = new HashMap<>(held);
    for (Copy c : left) {
      coming.merge(c.to(), BlockSet.of(c.first(), c.last()), BlockSet::union);
    }
    List<Copy> going =
        left.stream()
            .filter(
                c ->
                    BlockSet.of(c.first(), c.last())
                        .minus(coming.getOrDefault(c.from(), BlockSet.EMPTY))
                        .isEmpty())
            .toList();
    return going.size() == left.size() ? going : goingOn(going, held);
  }

  private static Problem of(
      Network network, List<Holding> held, List<Generation> generations, List<Copy> inProgress) {
    List<Host> hosts = List.copyOf(network.hosts().values());
    return new Problem(
        FILE,
        "",
        network,
        List.of(new FileSpec(FILE, 1, LAYOUT)),
        held,
        generations,
        inProgress,
        hosts.stream().map(h -> new Demand(h.id(), FILE)).toList(),
        Objective.MAKESPAN);
  }
}
