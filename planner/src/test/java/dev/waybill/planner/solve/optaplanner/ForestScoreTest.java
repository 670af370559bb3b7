package dev.waybill.planner.solve.optaplanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.RandomProblem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.ConfigFile;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.tree.Tree;
import dev.waybill.planner.solve.tree.TreeGround;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/** OptaPlanner's FULL_ASSERT compares every score with one that is computed from scratch. */
class ForestScoreTest {
  private static final SolverConfig SEARCH =
      SolverConfig.createFromXmlResource(ConfigFile.resource("optaplanner.xml").substring(1))
          .withEnvironmentMode(EnvironmentMode.FULL_ASSERT)
          .withTerminationConfig(new TerminationConfig().withScoreCalculationCountLimit(600L));

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameWhetherKeptUpToDateOrComputedFromScratch(long seed) {
    search(RandomProblem.of(seed), seed % 2 == 0 ? 1000 : 2, seed);
  }

  @Test
  void isTheSameOnManyHostsToo() {
    Forest found = search(Topology.uploadTight(60, 5, 3).spread(100, 1 << 20), 9, 3);
    assertThat(found.score()).isNotNull();
    assertThat(found.score().isFeasible()).isTrue();
  }

  private static @Nullable Forest search(Problem problem, int receivers, long seed) {
    IndexedProblem indexed = new IndexedProblem(problem);
    if (Reachability.obstacle(indexed) != null) {
      return null;
    }
    TreeGround ground = TreeGround.afterCopiesInProgress(indexed);
    Stop stop = new Stop(SolveLimits.standard(), SolveMonitor.NONE);
    List<Tree> trees =
        ground.classes.isEmpty() ? null : ColdTrees.grow(ground, 3, receivers, seed, stop);
    if (trees == null) {
      return null;
    }
    Terrain terrain =
        new Terrain(
            ground, trees, OptaPlannerConfig.standard().withMostReceivers(receivers), 50, () -> {});
    return SolverFactory.<Forest>create(new SolverConfig(SEARCH).withRandomSeed(seed))
        .buildSolver()
        .solve(terrain.plant(trees));
  }
}
