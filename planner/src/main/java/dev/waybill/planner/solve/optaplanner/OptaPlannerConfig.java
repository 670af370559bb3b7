package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.solve.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * How the planner's OptaPlanner solver works: {@code solver-config/optaplanner.json}. What moves
 * there are and which are accepted is in {@code optaplanner.xml}.
 *
 * @param trees over how many trees a file is split, in the order in which packings are tried
 * @param seeds how many packings are tried of each
 * @param starts how many of the best packings are improved
 * @param coldTrees how many trees are begun with where no packing is found
 * @param mostClasses more classes of blocks, each with its own holders or receivers, are not taken
 * @param mostPlaces trees with more (tree, host) pairs are left as they are
 * @param movesPerPlace moves tried in one round for each (tree, host) pair
 * @param leastMoves moves tried in one round at least
 * @param mostMoves moves tried in one round at most
 * @param idleRounds a start is left alone after so many rounds in a row that made it no better
 * @param sharpness how much the fullest resources outweigh the others, round by round: resources
 *     that are by 1 / sharpness less full count for 1 / e
 * @param meanLevel what a level of the mean host of a tree counts beside one of the deepest, which
 *     is what takes time
 * @param mostReceivers to how many hosts a host may send at the same time
 */
public record OptaPlannerConfig(
    List<Integer> trees,
    int seeds,
    int starts,
    int coldTrees,
    int mostClasses,
    int mostPlaces,
    int movesPerPlace,
    int leastMoves,
    int mostMoves,
    int idleRounds,
    List<Double> sharpness,
    double meanLevel,
    int mostReceivers) {
  private static final String FILE = "optaplanner.json";
  private static final double MOST_SHARPNESS = 10_000;
  private static final double MOST_MEAN_LEVEL = 100;

  public OptaPlannerConfig {
    requirePositive("trees", trees);
    trees = List.copyOf(trees);
    requirePositive("sharpness", sharpness);
    sharpness = List.copyOf(sharpness);
    if (sharpness.stream().anyMatch(s -> s > MOST_SHARPNESS)) {
      throw new IllegalArgumentException("sharpness is at most " + MOST_SHARPNESS);
    }
    requirePositive(
        "seeds, starts, coldTrees, mostClasses, mostPlaces, movesPerPlace, leastMoves, mostMoves, idleRounds,"
            + " mostReceivers",
        List.of(
            seeds,
            starts,
            coldTrees,
            mostClasses,
            mostPlaces,
            movesPerPlace,
            leastMoves,
            mostMoves,
            idleRounds,
            mostReceivers));
    if (!(meanLevel >= 0 && meanLevel <= MOST_MEAN_LEVEL)) {
      throw new IllegalArgumentException("a meanLevel of " + meanLevel);
    }
  }

  private static void requirePositive(String what, List<? extends Number> values) {
    if (values.isEmpty() || values.stream().anyMatch(v -> !(v.doubleValue() > 0))) {
      throw new IllegalArgumentException(what + " have to be above 0: " + values);
    }
  }

  /** The configuration that the program comes with. */
  public static OptaPlannerConfig standard() {
    return ConfigFile.standard(FILE, OptaPlannerConfig.class);
  }

  /**
   * Reads a configuration.
   *
   * @throws IOException where it is no JSON, or keys are missing, unknown, or out of range
   */
  public static OptaPlannerConfig read(InputStream in) throws IOException {
    return ConfigFile.read(in, OptaPlannerConfig.class);
  }

  /** The same with a limit on how many hosts a host may send to at the same time. */
  public OptaPlannerConfig withMostReceivers(int most) {
    return new OptaPlannerConfig(
        trees,
        seeds,
        starts,
        coldTrees,
        mostClasses,
        mostPlaces,
        movesPerPlace,
        leastMoves,
        mostMoves,
        idleRounds,
        sharpness,
        meanLevel,
        most);
  }
}
