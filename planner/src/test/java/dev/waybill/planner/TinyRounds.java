package dev.waybill.planner;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A tiny problem drawn at random, and the fewest rounds that it takes by exhaustive search: hosts
 * at one place that send and receive one block a second, with random holdings and demands.
 *
 * @param held bits of the blocks that each host holds
 * @param wants whether each host demands the file
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record TinyRounds(int[] held, boolean[] wants) {
  private static final int BLOCKS = 3;
  private static final int ALL = (1 << BLOCKS) - 1;

  public static TinyRounds of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hosts = 2 + random.nextInt(3);
    int[] held = new int[hosts];
    boolean[] wants = new boolean[hosts];
    int there = 0;
    for (int h = 0; h < hosts; h++) {
      held[h] = random.nextInt(3) == 0 ? random.nextInt(ALL + 1) : 0;
      wants[h] = random.nextInt(5) > 0;
      there |= held[h];
    }
    held[0] |= ALL & ~there;
    return new TinyRounds(held, wants);
  }

  /** Breadth first over who holds what, a round at a time. */
  public int fewestRounds() {
    Set<List<Integer>> states = new HashSet<>();
    states.add(Arrays.stream(held).boxed().toList());
    for (int round = 0; ; round++) {
      Set<List<Integer>> next = new HashSet<>();
      for (List<Integer> state : states) {
        if (isDone(state)) {
          return round;
        }
        send(state, new ArrayList<>(state), 0, 0, next);
      }
      states = next;
    }
  }

  private boolean isDone(List<Integer> state) {
    for (int h = 0; h < wants.length; h++) {
      if (wants[h] && state.get(h) != ALL) {
        return false;
      }
    }
    return true;
  }

  /** Every way in which hosts from {@code sender} on can send a block each, or none. */
  private void send(
      List<Integer> state, List<Integer> after, int sender, int receiving, Set<List<Integer>> out) {
    if (sender == wants.length) {
      out.add(List.copyOf(after));
      return;
    }
    send(state, after, sender + 1, receiving, out);
    for (int to = 0; to < wants.length; to++) {
      int useful = state.get(sender) & ~state.get(to);
      if (to == sender || !wants[to] || (receiving >> to & 1) != 0) {
        continue;
      }
      for (int bits = useful; bits != 0; bits &= bits - 1) {
        List<Integer> then = new ArrayList<>(after);
        then.set(to, after.get(to) | Integer.lowestOneBit(bits));
        send(state, then, sender + 1, receiving | 1 << to, out);
      }
    }
  }

  public Problem problem() {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int h = 0; h < held.length; h++) {
      String id = "h" + h;
      resources.add(new Resource(id + ".up", new DataRate(1000), 0));
      resources.add(new Resource(id + ".down", new DataRate(1000), 0));
      hosts.add(new Host(id, "A", List.of(id + ".up"), List.of(id + ".down")));
      BitSet blocks = BitSet.valueOf(new long[] {held[h]});
      holdings.add(new Holding(id, "f", BlockSet.of(blocks)));
      if (wants[h]) {
        demands.add(new Demand(id, "f"));
      }
    }
    return new Problem(
        "tiny",
        "",
        new Network(resources, List.of(), hosts),
        List.of(new FileSpec("f", 1, new BlockLayout(BLOCKS * 1000L, 1000))),
        holdings,
        List.of(),
        List.of(),
        demands,
        Objective.MAKESPAN);
  }
}
