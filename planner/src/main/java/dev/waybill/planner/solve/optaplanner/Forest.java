package dev.waybill.planner.solve.optaplanner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** Trees side by side, as OptaPlanner sees them: its solution. */
@PlanningSolution(solutionCloner = Forest.Cloner.class)
public class Forest {
  static final String FEEDERS = "feeders";

  private final Terrain terrain;

  @PlanningEntityCollectionProperty private final List<Place> places;

  @PlanningScore private @Nullable HardSoftLongScore score;

  Forest(Terrain terrain, List<Place> places) {
    this.terrain = terrain;
    this.places = places;
  }

  /** Who may feed a place; for OptaPlanner. */
  @ValueRangeProvider(id = FEEDERS)
  public List<Feeder> getFeeders() {
    return terrain.feeders();
  }

  Terrain terrain() {
    return terrain;
  }

  /** In the order of their ids. */
  List<Place> places() {
    return places;
  }

  @Nullable HardSoftLongScore score() {
    return score;
  }

  /** Copies what OptaPlanner changes, and nothing else. */
  public static final class Cloner implements SolutionCloner<Forest> {
    @Override
    public Forest cloneSolution(Forest original) {
      List<Place> copies = new ArrayList<>(original.places.size());
      for (Place p : original.places) {
        copies.add(p.copy());
      }
      Forest copy = new Forest(original.terrain, copies);
      copy.score = original.score;
      return copy;
    }
  }
}
