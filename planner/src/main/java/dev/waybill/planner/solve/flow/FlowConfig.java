package dev.waybill.planner.solve.flow;

import dev.waybill.planner.solve.ConfigFile;
import java.util.List;

/**
 * How hard the flow solver tries: {@code solver-config/flow.json}. All keys have to be there, and
 * no others.
 *
 * @param trees the most trees of a cargo, at least 1
 * @param cargoes the most cargoes for which forests are grown
 * @param raises how often a forest that fits is grown again at a higher rate
 * @param burstLevels how many levels from the roots on are sent block by block; each is tried
 * @param patience how many forests are drawn without a better one before it ends
 * @param firstDraws how many are drawn before the list scheduler has its turn, where it is brief
 * @param briefTransfers the most blocks to be sent with which it counts as brief
 * @param transfers the most blocks that the list scheduler sends one by one; where there are more
 *     it runs only if there is no forest, and sends several at a time
 * @param lists how often the list scheduler runs
 */
public record FlowConfig(
    int trees,
    int cargoes,
    int raises,
    List<Integer> burstLevels,
    int patience,
    int firstDraws,
    int briefTransfers,
    int transfers,
    int lists) {
  public FlowConfig {
    for (int n : new int[] {trees, raises, patience, firstDraws, transfers, lists}) {
      if (n < 1) {
        throw new IllegalArgumentException("all numbers are at least 1, and one is " + n);
      }
    }
    burstLevels = List.copyOf(burstLevels);
    if (burstLevels.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("burstLevels are at least 1: " + burstLevels);
    }
  }

  /** The configuration that the program comes with. */
  public static FlowConfig standard() {
    return ConfigFile.standard("flow.json", FlowConfig.class);
  }
}
