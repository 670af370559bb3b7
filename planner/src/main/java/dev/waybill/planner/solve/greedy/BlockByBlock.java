package dev.waybill.planner.solve.greedy;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greedy solver's list scheduler on single blocks, for other solvers: the nearest to the bound
 * where uploads are scarce, at one copy for nearly every block that a host gets.
 */
public final class BlockByBlock {
  private final IndexedProblem problem;
  private final List<BlockClass> classes;
  private final double leastSeconds;
  private final GreedyConfig config;

  /**
   * @param leastSeconds a proven bound
   */
  public BlockByBlock(
      IndexedProblem problem, List<BlockClass> classes, double leastSeconds, GreedyConfig config) {
    this.problem = problem;
    this.classes = classes;
    this.leastSeconds = leastSeconds;
    this.config = config;
  }

  /** How many blocks have to be sent, each to each of its needers. */
  public long transfers() {
    return classes.stream().mapToLong(c -> (long) c.blocks() * c.needers().length).sum();
  }

  /**
   * One run; null where it came to a dead end or was stopped.
   *
   * @param transfers where there would be more, several blocks are sent at a time
   * @param horizon nothing is sent that would end after so many times the bound, as long as there
   *     is something else to send
   */
  public @Nullable List<Copy> schedule(
      int transfers, long seed, double horizon, boolean allRelays, Stop stop) {
    double[] share = LowerBound.entrySeconds(problem);
    for (int l = 0; l < share.length; l++) {
      share[l] = leastSeconds > 0 ? Math.min(1, share[l] / leastSeconds) : 0;
    }
    int blocks = Arrays.stream(problem.layouts).mapToInt(BlockLayout::blockCount).max().orElse(1);
    Pieces pieces = Pieces.cut(problem, Math.max(1, blocks), transfers);
    SwarmSetting setting = new SwarmSetting(seed, horizon * leastSeconds, allRelays, share);
    return new Swarm(problem, pieces, config, setting, classes).schedule(stop);
  }
}
