package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;

/** A relay comes between a host and its feeder, or goes, and its feeder takes on its receivers. */
final class RelayMoves implements Draw {
  private static final int MOST_CHILDREN = 64;

  @Override
  public @Nullable Rewire draw(Woods woods) {
    Place relay = woods.relay();
    if (relay == null) {
      return null;
    }
    return relay.feeder() == null ? inserted(woods, relay) : removed(woods, relay);
  }

  private static @Nullable Rewire inserted(Woods woods, Place relay) {
    Place below = woods.sibling(relay);
    if (below == null || below.feeder() == null) {
      return null;
    }
    return new Rewire().and(relay, below.feeder()).and(below, woods.feeder(relay.host()));
  }

  private static @Nullable Rewire removed(Woods woods, Place relay) {
    int[] children = woods.canopy.children(relay.tree(), relay.host(), MOST_CHILDREN);
    if (children.length == MOST_CHILDREN) {
      return null;
    }
    Rewire move = new Rewire();
    for (int child : children) {
      Place place = woods.place(relay.tree(), child);
      if (place != null) {
        move.and(place, relay.feeder());
      }
    }
    return move.and(relay, null);
  }
}
