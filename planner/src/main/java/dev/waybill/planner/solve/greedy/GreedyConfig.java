package dev.waybill.planner.solve.greedy;

import dev.waybill.planner.solve.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * How the greedy solver weighs candidate copies and how hard it tries: {@code
 * solver-config/greedy.json}. All keys have to be there, and no others. The weights are those of
 * the terms of {@link CostFunction}, dimensionless.
 *
 * @param rarity for blocks that few hosts have
 * @param newToLocation for blocks that the receiver's location doesn't have yet
 * @param need for receivers with the most left to receive
 * @param forwarding for receivers that can pass on what others still need
 * @param rate for copies that run at the full rate of their way
 * @param affinity for copies that continue the pair's last one
 * @param sourceLoad against senders with little egress left
 * @param scarceWay against ways into a location that has the blocks already
 * @param money against cost, where cost counts in the objective
 * @param urgency for weights and deadlines, where they count in the objective
 * @param minRateShare a copy doesn't start at less than this share of its way's capacity, 0 to 1
 * @param candidates how many partners a host looks at for its next copy
 * @param pieces into how many pieces a file is cut; each is tried in turn
 * @param transferBudget piece transfers that one run may have; coarser pieces where it would be
 *     more
 * @param workBudget piece transfers that all runs together may have
 * @param trees how many trees a file is split over; each is tried in turn
 * @param treeBudget parent choices that all tree packings together may make
 */
public record GreedyConfig(
    double rarity,
    double newToLocation,
    double need,
    double forwarding,
    double rate,
    double affinity,
    double sourceLoad,
    double scarceWay,
    double money,
    double urgency,
    double minRateShare,
    int candidates,
    List<Integer> pieces,
    int transferBudget,
    long workBudget,
    List<Integer> trees,
    long treeBudget) {
  public GreedyConfig {
    requireWithin("minRateShare", minRateShare, 1);
    for (double weight :
        new double[] {
          rarity,
          newToLocation,
          need,
          forwarding,
          rate,
          affinity,
          sourceLoad,
          scarceWay,
          money,
          urgency
        }) {
      requireWithin("a weight", weight, 1e6);
    }
    if (candidates < 1 || transferBudget < 1 || workBudget < 0 || treeBudget < 0) {
      throw new IllegalArgumentException("candidates and transferBudget are at least 1");
    }
    pieces = List.copyOf(pieces);
    trees = List.copyOf(trees);
    if (pieces.isEmpty() || pieces.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("pieces are counts of at least 1: " + pieces);
    }
    if (trees.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("trees are counts of at least 1: " + trees);
    }
  }

  private static void requireWithin(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(what + " of " + value + " is not within 0.." + most);
    }
  }

  /** The configuration that the program comes with. */
  public static GreedyConfig standard() {
    return ConfigFile.standard("greedy.json", GreedyConfig.class);
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException where it is no JSON, or keys are missing, unknown, or out of range
   */
  public static GreedyConfig read(InputStream in) throws IOException {
    return ConfigFile.read(in, GreedyConfig.class);
  }
}
