package dev.waybill.planner.solve.optaplanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * One tree over four hosts of 100 Mbit/s up and down at one place, of which 0 has the blocks:
 *
 * <pre>
 *   0 -> 1 -> 2
 *        1 -> 3
 * </pre>
 */
class CanopyTest {
  private static final int BLOCKS = 10;
  private static final double SHARP = 14;
  private static final double MEAN_LEVEL = 0.5;
  private static final int MANY = 1000;

  @Test
  void aTreeThatReachesEverybodyBreaksNothing() {
    assertThat(chain(MANY).broken()).isZero();
  }

  @Test
  void everyHostThatIsNotReachedCounts() {
    Canopy canopy = chain(MANY);
    canopy.remove(0, 1);
    assertThat(canopy.broken()).isEqualTo(3);
    canopy.add(0, 1, 0);
    assertThat(canopy.broken()).isZero();
  }

  @Test
  void hostsThatFeedEachOtherAreNotReached() {
    Canopy canopy = chain(MANY);
    canopy.remove(0, 1);
    canopy.add(0, 1, 2);
    assertThat(canopy.broken()).isEqualTo(3);
  }

  @Test
  void asManyReceiversAsAllowedAreNotTooMany() {
    assertThat(chain(2).broken()).isZero();
  }

  @Test
  void everyReceiverMoreThanAllowedCounts() {
    Canopy canopy = chain(1);
    assertThat(canopy.broken()).isEqualTo(1);
    canopy.remove(0, 3);
    canopy.add(0, 3, 2);
    assertThat(canopy.broken()).isZero();
  }

  @Test
  void aWayThatIsDownCounts() {
    // The link from B to A of this problem has no capacity, that from A to B has.
    Problem problem = oneWay();
    Canopy canopy = canopy(problem, MANY, new int[][] {{0, 2}, {0, 1}});
    assertThat(canopy.broken()).isZero();
    canopy.remove(0, 1);
    canopy.add(0, 1, 2);
    assertThat(canopy.broken()).isEqualTo(1);
  }

  @Test
  void theFullestResourceSetsTheFullness() {
    // Host 1 sends twice: at the rate of the tree, which is its upload, that is twice too much.
    assertThat(chain(MANY).fullness()).isCloseTo(2, within(1e-6));
  }

  @Test
  void theScoreGrowsWithTheFullnessAndByABlocksTimeForEachLevel() {
    Canopy canopy = chain(MANY);
    // Beyond the first level there is 1, and the mean host is at 5/3; then 2, and at 2.
    double flatLevels = BLOCKS + 1 + MEAN_LEVEL * 5 / 3;
    double deepLevels = BLOCKS + 2 + MEAN_LEVEL * 2;
    double two = canopy.score();
    double flat = two / canopy.fullness();
    canopy.remove(0, 3);
    canopy.add(0, 3, 2);
    double deep = canopy.score() / canopy.fullness();
    assertThat(canopy.fullness()).isBetween(1.0, 1.2);
    assertThat(deep / flat).isCloseTo(deepLevels / flatLevels, within(1e-9));
    canopy.remove(0, 3);
    canopy.add(0, 3, 1);
    assertThat(canopy.score()).isEqualTo(two);
  }

  private static Problem oneWay() {
    List<Resource> links =
        List.of(new Resource("ab", new DataRate(1000), 0), new Resource("ba", new DataRate(0), 0));
    List<Path> paths =
        List.of(new Path("A", "B", List.of("ab")), new Path("B", "A", List.of("ba")));
    List<Host> hosts = new ArrayList<>();
    for (String[] host : new String[][] {{"a", "A"}, {"b", "A"}, {"c", "B"}}) {
      hosts.add(new Host(host[0], host[1], List.of(), List.of()));
    }
    return new Problem(
        "one-way",
        "",
        new Network(links, paths, hosts),
        List.of(new FileSpec("f", 1, new BlockLayout(1000, 100))),
        List.of(new Holding("a", "f", BlockSet.prefix(10))),
        List.of(),
        List.of(),
        List.of(new Demand("b", "f"), new Demand("c", "f")),
        Objective.MAKESPAN);
  }

  private static Canopy chain(int mostReceivers) {
    Problem problem = Topology.equal(4).spread(BLOCKS, 1 << 20);
    return canopy(problem, mostReceivers, new int[][] {{0, 1}, {1, 2}, {1, 3}});
  }

  private static OptaPlannerConfig config(int mostReceivers) {
    List<Integer> one = List.of(1);
    List<Double> sharp = List.of(SHARP);
    return new OptaPlannerConfig(
        one, 1, 1, 1, 1, 100, 1, 1, 1, 1, sharp, MEAN_LEVEL, mostReceivers);
  }

  private static Canopy canopy(Problem problem, int mostReceivers, int[][] edges) {
    IndexedProblem indexed = new IndexedProblem(problem);
    TreeGround ground = TreeGround.atOnce(indexed);
    List<Tree.Edge> all = new ArrayList<>();
    for (int[] e : edges) {
      int depth = e[0] == 0 ? 1 : 2;
      all.add(new Tree.Edge(e[0], e[1], Objects.requireNonNull(indexed.way(e[0], e[1])), depth));
    }
    List<Tree> trees = List.of(new Tree(ground.classes.get(0), ground.capacity[0], all));
    Terrain terrain = new Terrain(ground, trees, config(mostReceivers), SHARP, () -> {});
    ForestScore score = new ForestScore();
    score.resetWorkingSolution(terrain.plant(trees));
    return score.canopy();
  }
}
