package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.solve.ConfigFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * How far the CP-SAT solver goes: {@code solver-config/cpsat.json}. All keys have to be there, and
 * no others.
 *
 * @param threads of the engine, 1 or 2; with 2 the same seed need not give the same schedule
 * @param greedyShare the share of the time limit in which the greedy solver has to find what this
 *     one starts from, 0 to 1
 * @param mostChoices how many moves a model may choose from
 * @param firstEffort what the engine may spend on one model in the first round, in its
 *     deterministic units (somewhat like seconds)
 * @param effortGrowth by which that grows from round to round
 * @param mostEffort the most that it may spend on one model; it ends after that round
 */
public record CpSatConfig(
    int threads,
    double greedyShare,
    int mostChoices,
    double firstEffort,
    double effortGrowth,
    double mostEffort) {
  private static final String FILE = "cpsat.json";

  public CpSatConfig {
    if (threads < 1 || threads > 2) {
      throw new IllegalArgumentException("threads of " + threads + " are not within 1..2");
    }
    if (!(greedyShare >= 0 && greedyShare <= 1)) {
      throw new IllegalArgumentException("greedyShare of " + greedyShare + " is not within 0..1");
    }
    if (mostChoices < 1) {
      throw new IllegalArgumentException("mostChoices of " + mostChoices + " are below 1");
    }
    if (!(firstEffort > 0 && effortGrowth > 1 && effortGrowth <= 1e3 && firstEffort <= 1e6)) {
      throw new IllegalArgumentException(
          "firstEffort is above 0 and effortGrowth above 1: " + firstEffort + ", " + effortGrowth);
    }
    if (!(mostEffort >= firstEffort)) {
      throw new IllegalArgumentException(
          "mostEffort of " + mostEffort + " is below firstEffort of " + firstEffort);
    }
  }

  /** The configuration that the program comes with. */
  public static CpSatConfig standard() {
    return ConfigFile.standard(FILE, CpSatConfig.class);
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException where it is no JSON, or keys are missing, unknown, or out of range
   */
  public static CpSatConfig read(InputStream in) throws IOException {
    return ConfigFile.read(in, CpSatConfig.class);
  }
}
