package dev.waybill.benchmarks.kernels;

import dev.waybill.planner.solve.greedy.GreedyConfig;
import java.util.List;

/** The greedy solver's configuration, cut down to one of its kernels for the benchmarks. */
final class GreedyParts {
  private GreedyParts() {}

  /** One run of the list scheduler, on so many pieces of each file. */
  static GreedyConfig alone(int pieces) {
    return of(List.of(pieces), List.of());
  }

  /** One packing of so many trees. */
  static GreedyConfig treesAlone(int trees) {
    return of(List.of(1), List.of(trees));
  }

  /** Budgets of 0 are over after the first attempt. */
  private static GreedyConfig of(List<Integer> pieces, List<Integer> trees) {
    GreedyConfig c = GreedyConfig.standard();
    return new GreedyConfig(
        c.rarity(),
        c.newToLocation(),
        c.need(),
        c.forwarding(),
        c.rate(),
        c.affinity(),
        c.sourceLoad(),
        c.scarceWay(),
        c.money(),
        c.urgency(),
        c.minRateShare(),
        c.candidates(),
        pieces,
        Integer.MAX_VALUE,
        0,
        trees,
        0);
  }
}
