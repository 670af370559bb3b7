package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
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
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bound against the fewest rounds that an exhaustive search finds on networks of links: a host
 * at each node, links that carry a block a second each, some hosts relays that want nothing.
 */
class LinkOracleTest {
  private static final int BLOCKS = 2;
  private static final int ALL = (1 << BLOCKS) - 1;
  private static final int MOST_LINKS = 7;
  private static final int GIVE_UP = 12;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isNeverAboveTheFewestRounds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int hosts = 3 + random.nextInt(3);
    List<int[]> links = new ArrayList<>();
    for (int i = 0; i < 40 && links.size() < MOST_LINKS; i++) {
      int[] link = {random.nextInt(hosts), random.nextInt(hosts)};
      if (link[0] != link[1] && links.stream().noneMatch(l -> Arrays.equals(l, link))) {
        links.add(link);
      }
    }
    int[] held = new int[hosts];
    boolean[] wants = new boolean[hosts];
    held[0] = ALL;
    for (int h = 1; h < hosts; h++) {
      held[h] = random.nextInt(5) == 0 ? random.nextInt(ALL + 1) : 0;
      wants[h] = random.nextInt(3) > 0;
    }
    int rounds = fewestRounds(links, held, wants);
    double bound = LowerBound.of(problem(links, held, wants)).seconds();
    assertThat(bound)
        .isLessThanOrEqualTo(rounds == GIVE_UP ? Double.POSITIVE_INFINITY : rounds + 1e-9);
  }

  /** Breadth first over who holds what; {@link #GIVE_UP} where it can't be done. */
  private static int fewestRounds(List<int[]> links, int[] held, boolean[] wants) {
    Set<List<Integer>> states = Set.of(Arrays.stream(held).boxed().toList());
    for (int round = 0; round < GIVE_UP; round++) {
      Set<List<Integer>> next = new HashSet<>();
      for (List<Integer> state : states) {
        if (isDone(state, wants)) {
          return round;
        }
        send(links, 0, state, new ArrayList<>(state), next);
      }
      states = next;
    }
    return GIVE_UP;
  }

  private static boolean isDone(List<Integer> state, boolean[] wants) {
    for (int h = 0; h < wants.length; h++) {
      if (wants[h] && state.get(h) != ALL) {
        return false;
      }
    }
    return true;
  }

  private static void send(
      List<int[]> links,
      int link,
      List<Integer> state,
      List<Integer> after,
      Set<List<Integer>> out) {
    if (link == links.size()) {
      out.add(List.copyOf(after));
      return;
    }
    int from = links.get(link)[0];
    int to = links.get(link)[1];
    int useful = state.get(from) & ~after.get(to);
    if (useful == 0) {
      send(links, link + 1, state, after, out);
    }
    for (int bits = useful; bits != 0; bits &= bits - 1) {
      List<Integer> then = new ArrayList<>(after);
      then.set(to, after.get(to) | Integer.lowestOneBit(bits));
      send(links, link + 1, state, then, out);
    }
  }

  private static Problem problem(List<int[]> links, int[] held, boolean[] wants) {
    List<Resource> resources = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (int[] link : links) {
      String id = link[0] + "-" + link[1];
      resources.add(new Resource(id, new DataRate(1000), 0));
      paths.add(new Path("n" + link[0], "n" + link[1], List.of(id)));
    }
    List<Host> hosts = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int h = 0; h < held.length; h++) {
      String id = "h" + h;
      hosts.add(new Host(id, "n" + h, List.of(), List.of(), true, null, null));
      BitSet blocks = BitSet.valueOf(new long[] {held[h]});
      if (!blocks.isEmpty()) {
        holdings.add(new Holding(id, "f", BlockSet.of(blocks)));
      }
      if (wants[h]) {
        demands.add(new Demand(id, "f"));
      }
    }
    return new Problem(
        "links",
        "",
        new Network(resources, paths, hosts),
        List.of(new FileSpec("f", 1, new BlockLayout(BLOCKS * 1000L, 1000))),
        holdings,
        List.of(),
        List.of(),
        demands,
        Objective.MAKESPAN);
  }
}
