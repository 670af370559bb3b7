package dev.waybill.planner.solve.optaplanner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** A move of the OptaPlanner solver: some places get other feeders, all at once. */
final class Rewire extends AbstractMove<Forest> {
  private final List<Place> places = new ArrayList<>();
  private final List<@Nullable Feeder> feeders = new ArrayList<>();

  /** Also: from now on {@code feeder} feeds {@code place}. */
  Rewire and(Place place, @Nullable Feeder feeder) {
    places.add(place);
    feeders.add(feeder);
    return this;
  }

  @Override
  public boolean isMoveDoable(ScoreDirector<Forest> director) {
    return !places.isEmpty();
  }

  @Override
  protected Rewire createUndoMove(ScoreDirector<Forest> director) {
    Rewire undo = new Rewire();
    places.forEach(p -> undo.and(p, p.feeder()));
    return undo;
  }

  @Override
  protected void doMoveOnGenuineVariables(ScoreDirector<Forest> director) {
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      director.beforeVariableChanged(place, Place.FEEDER);
      place.feedFrom(feeders.get(i));
      director.afterVariableChanged(place, Place.FEEDER);
    }
  }

  @Override
  public Rewire rebase(ScoreDirector<Forest> destination) {
    Rewire rebased = new Rewire();
    for (int i = 0; i < places.size(); i++) {
      rebased.and(destination.lookUpWorkingObject(places.get(i)), feeders.get(i));
    }
    return rebased;
  }

  @Override
  public Collection<? extends Object> getPlanningEntities() {
    return places;
  }

  @Override
  public Collection<? extends Object> getPlanningValues() {
    return Arrays.asList(feeders.stream().filter(f -> f != null).toArray());
  }

  @Override
  public String toString() {
    return places + " -> " + feeders;
  }
}
