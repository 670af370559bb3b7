package dev.waybill.planner.solve.optaplanner;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two hosts exchange their places in a tree: each gets the other's feeder and receivers. */
final class TakeOverMoves implements Draw {
  private static final int MOST_CHILDREN = 24;

  @Override
  public @Nullable Rewire draw(Woods woods) {
    Place a = woods.burdened();
    Feeder from = a == null ? null : a.feeder();
    if (a == null || from == null) {
      return null;
    }
    // Rather the one who feeds than the one who is fed, whose place may be of no account.
    Place feeding = woods.random.nextBoolean() ? woods.place(a.tree(), from.host()) : a;
    Place b = feeding == null ? null : woods.sibling(feeding);
    if (feeding == null || b == null || feeding.feeder() == null) {
      return null;
    }
    return b.feeder() == null && !feeding.optional() ? null : exchanged(woods, feeding, b);
  }

  private static @Nullable Rewire exchanged(Woods woods, Place a, Place b) {
    int tree = a.tree();
    int[] ofA = woods.canopy.children(tree, a.host(), MOST_CHILDREN);
    int[] ofB = woods.canopy.children(tree, b.host(), MOST_CHILDREN);
    if (ofA.length + ofB.length == 0 || ofA.length + ofB.length >= MOST_CHILDREN) {
      return null;
    }
    Map<Place, @Nullable Feeder> feeders = new LinkedHashMap<>();
    feeders.put(a, exchanged(woods, b.feeder(), a, b));
    feeders.put(b, exchanged(woods, a.feeder(), a, b));
    for (int child : ofA) {
      put(woods, feeders, tree, child, a, b);
    }
    for (int child : ofB) {
      put(woods, feeders, tree, child, a, b);
    }
    Rewire move = new Rewire();
    feeders.forEach(move::and);
    return move;
  }

  private static void put(
      Woods woods, Map<Place, @Nullable Feeder> feeders, int tree, int child, Place a, Place b) {
    Place place = woods.place(tree, child);
    if (place != null && place != a && place != b) {
      feeders.put(place, exchanged(woods, place.feeder(), a, b));
    }
  }

  private static @Nullable Feeder exchanged(
      Woods woods, @Nullable Feeder feeder, Place a, Place b) {
    if (feeder == null) {
      return null;
    }
    int host = feeder.host();
    return host == a.host()
        ? woods.feeder(b.host())
        : host == b.host() ? woods.feeder(a.host()) : feeder;
  }
}
