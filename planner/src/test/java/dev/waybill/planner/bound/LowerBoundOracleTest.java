package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solvers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bound against the fewest rounds that an exhaustive search finds: hosts at one place that send
 * and receive one block a second, with random holdings and demands.
 */
class LowerBoundOracleTest {
  private static final int BLOCKS = 3;
  private static final int ALL = (1 << BLOCKS) - 1;

  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isNeverAboveTheFewestRounds(long seed) {
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
    int rounds = fewestRounds(held, wants);
    Problem problem = problem(held, wants);
    assertThat(LowerBound.of(problem).seconds()).isLessThanOrEqualTo(rounds + 1e-9);
    Solution.Planned planned =
        (Solution.Planned)
            Solvers.named("greedy").solve(problem, SolveLimits.standard(), SolveMonitor.NONE);
    assertThat(planned.schedule().makespan()).isLessThanOrEqualTo(2 * rounds + 1e-6);
  }

  /** Breadth first over who holds what, a round at a time. */
  private static int fewestRounds(int[] held, boolean[] wants) {
    Set<List<Integer>> states = new HashSet<>();
    states.add(Arrays.stream(held).boxed().toList());
    for (int round = 0; ; round++) {
      Set<List<Integer>> next = new HashSet<>();
      for (List<Integer> state : states) {
        if (isDone(state, wants)) {
          return round;
        }
        send(state, new ArrayList<>(state), wants, 0, 0, next);
      }
      states = next;
    }
  }

  private static boolean isDone(List<Integer> state, boolean[] wants) {
    for (int h = 0; h < wants.length; h++) {
      if (wants[h] && state.get(h) != ALL) {
        return false;
      }
    }
    return true;
  }

  /** Every way in which hosts from {@code sender} on can send a block each, or none. */
  private static void send(
      List<Integer> state,
      List<Integer> after,
      boolean[] wants,
      int sender,
      int receiving,
      Set<List<Integer>> out) {
    if (sender == wants.length) {
      out.add(List.copyOf(after));
      return;
    }
    send(state, after, wants, sender + 1, receiving, out);
    for (int to = 0; to < wants.length; to++) {
      int useful = state.get(sender) & ~state.get(to);
      if (to == sender || !wants[to] || (receiving >> to & 1) != 0) {
        continue;
      }
      for (int bits = useful; bits != 0; bits &= bits - 1) {
        List<Integer> then = new ArrayList<>(after);
        then.set(to, after.get(to) | Integer.lowestOneBit(bits));
        send(state, then, wants, sender + 1, receiving | 1 << to, out);
      }
    }
  }

  private static Problem problem(int[] held, boolean[] wants) {
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
