package dev.waybill.planner.solve.portfolio;

import dev.waybill.planner.solve.ConfigFile;
import java.util.List;

/**
 * The rules of the planner's portfolio: {@code solver-config/portfolio.json}. All keys have to be
 * there, and no others.
 *
 * @param graceSeconds how much longer than its limit a solver may take before it is passed over
 * @param rules which solvers run, in the order in which they get a thread
 */
public record PortfolioConfig(double graceSeconds, List<Rule> rules) {
  public PortfolioConfig {
    rules = List.copyOf(rules);
    if (rules.isEmpty() || !(graceSeconds > 0)) {
      throw new IllegalArgumentException("a portfolio needs rules and a time of grace");
    }
  }

  /**
   * When a solver is worth a run.
   *
   * @param solver its name, or {@code flow.rounds}, {@code flow.forests} or {@code flow.lists} for
   *     a part of flow
   * @param mostHosts in the network
   * @param leastTransfers blocks to be sent, each to each of its needers
   * @param mostTransfers the same, at the most
   * @param mostClasses of blocks that the same hosts hold and need
   * @param objective which objectives it is for
   * @param inHaste whether it runs too where there is haste, see {@link Traits}: it is quick, or
   *     ends by itself
   */
  public record Rule(
      String solver,
      int mostHosts,
      long leastTransfers,
      long mostTransfers,
      int mostClasses,
      Aim objective,
      boolean inHaste) {
    boolean fits(Traits traits) {
      boolean costs = traits.objective().cost() > 0;
      return traits.hosts() <= mostHosts
          && traits.transfers() >= leastTransfers
          && traits.transfers() <= mostTransfers
          && traits.classes() <= mostClasses
          && (inHaste || !traits.haste())
          && (objective == Aim.ANY || (objective == Aim.COST) == costs);
    }
  }

  /** What an objective has to weigh for a rule. */
  public enum Aim {
    /** Whatever it weighs. */
    ANY,
    /** Cost, alone or among others. */
    COST,
    /** Anything but cost. */
    TIME
  }

  /** The configuration that the program comes with. */
  public static PortfolioConfig standard() {
    return ConfigFile.standard("portfolio.json", PortfolioConfig.class);
  }
}
