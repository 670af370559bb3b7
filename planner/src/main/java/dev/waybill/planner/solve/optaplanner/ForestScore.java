package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.score.director.incremental.IncrementalScoreDirector;

/**
 * What OptaPlanner is told of a forest. Hard: how many hosts its trees don't reach, how many of its
 * edges have no way that is up, and how many receivers too many its hosts have. Soft: the score to
 * be expected, in 1e-12 of that at the beginning.
 */
public final class ForestScore implements IncrementalScoreCalculator<Forest, HardSoftLongScore> {
  private static final double GRAIN = 1e-12;

  /** Once in so many calculations it is asked whether to go on. */
  private static final int PULSE = 32;

  private @Nullable Canopy canopy;
  private int calculations;

  /** The state behind a score director. */
  static Canopy canopyOf(ScoreDirector<Forest> director) {
    IncrementalScoreDirector<Forest, ?> incremental =
        (IncrementalScoreDirector<Forest, ?>) director;
    return ((ForestScore) incremental.getIncrementalScoreCalculator()).canopy();
  }

  Canopy canopy() {
    if (canopy == null) {
      throw new IllegalStateException("there is no forest yet");
    }
    return canopy;
  }

  @Override
  public void resetWorkingSolution(Forest forest) {
    canopy = new Canopy(forest.terrain());
    forest.places().forEach(this::insert);
  }

  @Override
  public void beforeVariableChanged(Object entity, String variable) {
    Place place = (Place) entity;
    if (place.feeder() != null) {
      canopy().remove(place.tree(), place.host());
    }
  }

  @Override
  public void afterVariableChanged(Object entity, String variable) {
    insert((Place) entity);
  }

  private void insert(Place place) {
    Feeder from = place.feeder();
    if (from != null) {
      canopy().add(place.tree(), place.host(), from.host());
    }
  }

  @Override
  public HardSoftLongScore calculateScore() {
    Canopy now = canopy();
    if (++calculations % PULSE == 0) {
      now.terrain().pulse();
    }
    double relative = now.score() / now.terrain().scale();
    return HardSoftLongScore.of(-now.broken(), -Math.round(relative / GRAIN));
  }

  @Override
  public void beforeEntityAdded(Object entity) {
    throw new UnsupportedOperationException("places don't come");
  }

  @Override
  public void afterEntityAdded(Object entity) {
    throw new UnsupportedOperationException("places don't come");
  }

  @Override
  public void beforeEntityRemoved(Object entity) {
    throw new UnsupportedOperationException("places don't go");
  }

  @Override
  public void afterEntityRemoved(Object entity) {
    throw new UnsupportedOperationException("places don't go");
  }
}
