package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;

/** Somebody else feeds a host; all whom it feeds go with it. */
final class ReparentMoves implements Draw {
  @Override
  public @Nullable Rewire draw(Woods woods) {
    Place place = woods.burdened();
    Feeder other = place == null ? null : woods.otherFeeder(place);
    return place == null || other == null ? null : new Rewire().and(place, other);
  }
}
