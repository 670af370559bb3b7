package dev.waybill.planner.solve.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.Topology;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Stop;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeRatesTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void makePackedTreesNoSlowerAndKeepTheCapacities(long seed) {
    Problem problem = Topology.uploadTight(32, 4, seed).spread(200, 1 << 20);
    TreeGround ground = TreeGround.atOnce(new IndexedProblem(problem));
    List<Tree> packed = packed(problem, ground, 4, seed);
    TreePlan before = new TreePlan(ground, packed);
    List<Tree> rated =
        TreeRates.best(ground, packed, trees -> new TreePlan(ground, trees).seconds());
    TreePlan after = new TreePlan(ground, rated);
    assertThat(after.seconds()).isLessThanOrEqualTo(before.seconds());
    assertThat(ScheduleChecker.check(problem, after.copies()).violations()).isEmpty();
    assertThat(ScheduleChecker.figures(problem, after.copies()).makespan())
        .isCloseTo(after.seconds(), within(1e-3 * after.seconds()));
  }

  @Test
  void leaveOutATreeWhoseLevelsCostMoreThanItBrings() {
    // Two equal chains of three hosts share all uploads; for one block the second only adds levels.
    Problem problem = Topology.equal(4).spread(1, 1 << 20);
    TreeGround ground = TreeGround.atOnce(new IndexedProblem(problem));
    List<Tree> packed = packed(problem, ground, 2, 1);
    List<Tree> rated =
        TreeRates.best(ground, packed, trees -> new TreePlan(ground, trees).seconds());
    assertThat(packed).hasSize(2);
    assertThat(rated).hasSize(1);
  }

  private static List<Tree> packed(Problem problem, TreeGround ground, int trees, long seed) {
    TreePacker packer = new TreePacker(ground, LowerBound.of(problem).seconds(), 1.05);
    TreeShape shape = new TreeShape(TreeShape.equal(trees), 0.01, 0, false);
    Stop stop = new Stop(SolveLimits.standard(), SolveMonitor.NONE);
    return Objects.requireNonNull(packer.pack(shape, seed, stop)).trees();
  }
}
