package dev.waybill.planner.solve.mip;

import dev.waybill.planner.solve.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * How far the MIP solver goes: {@code solver-config/mip.json}. All keys have to be there, and no
 * others.
 *
 * @param engine what solves integer programs: {@code SCIP} or {@code HIGHS}
 * @param greedyShare the share of the time limit in which the greedy solver has to find what this
 *     one starts from, 0 to 1
 * @param packingShare the share of what is then left in which trees are generated, 0 to 1
 * @param mostArcs how many ways from host to host each class of blocks may have
 * @param mostClasses how many classes of blocks a problem may have
 * @param mostColumns how many trees are generated at most
 * @param tolerance relative distance between value and bound at which generating trees ends
 * @param choiceGap relative distance from the best choice of trees at which choosing ends
 * @param trees over how many trees a class of blocks is split at most; each is tried in turn
 */
public record MipConfig(
    String engine,
    double greedyShare,
    double packingShare,
    int mostArcs,
    int mostClasses,
    int mostColumns,
    double tolerance,
    double choiceGap,
    List<Integer> trees) {
  private static final String FILE = "mip.json";
  private static final List<String> ENGINES = List.of("SCIP", "HIGHS");

  public MipConfig {
    if (!ENGINES.contains(engine)) {
      throw new IllegalArgumentException("engine '" + engine + "' is none of " + ENGINES);
    }
    for (double share : new double[] {greedyShare, packingShare, tolerance, choiceGap}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share of " + share + " is not within 0..1");
      }
    }
    if (mostArcs < 1 || mostClasses < 1 || mostColumns < 1) {
      throw new IllegalArgumentException("mostArcs, mostClasses and mostColumns are at least 1");
    }
    trees = List.copyOf(trees);
    if (trees.isEmpty() || trees.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("trees are counts of at least 1: " + trees);
    }
  }

  /** The configuration that the program comes with. */
  public static MipConfig standard() {
    return ConfigFile.standard(FILE, MipConfig.class);
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException where it is no JSON, or keys are missing, unknown, or out of range
   */
  public static MipConfig read(InputStream in) throws IOException {
    return ConfigFile.read(in, MipConfig.class);
  }
}
