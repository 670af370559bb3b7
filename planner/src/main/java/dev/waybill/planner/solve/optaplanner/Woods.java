package dev.waybill.planner.solve.optaplanner;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the moves of the OptaPlanner solver are drawn from: a forest, its state, and chance. */
final class Woods {
  /** How many are looked at for the one that is best. */
  private static final int TOURNAMENT = 4;

  private static final int FEEDER_TRIES = 12;
  private static final double NEAR = 0.5;

  final Canopy canopy;
  final Random random;
  private final List<Place> places;
  private final List<Feeder> feeders;
  private final IndexedProblem problem;
  private final Terrain terrain;

  Woods(Forest forest, Canopy canopy, Random random) {
    this.canopy = canopy;
    this.random = random;
    this.terrain = forest.terrain();
    this.problem = terrain.problem();
    this.places = forest.places();
    this.feeders = terrain.feeders();
  }

  /** Any place that somebody feeds, or null. */
  @Nullable Place fed() {
    Place place = places.get(random.nextInt(places.size()));
    return place.feeder() == null ? null : place;
  }

  /** Any place that somebody feeds, rather one at the end of a full way; or null. */
  @Nullable Place burdened() {
    return random.nextBoolean() ? fed() : mostBurdened(0, places.size());
  }

  private @Nullable Place mostBurdened(int from, int to) {
    Place worst = null;
    double most = -1;
    for (int i = 0; i < TOURNAMENT; i++) {
      Place p = places.get(from + random.nextInt(to - from));
      Feeder feeder = p.feeder();
      double full = feeder == null ? -1 : canopy.fullness(feeder.host(), p.host(), 0);
      if (full > most) {
        most = full;
        worst = p;
      }
    }
    return worst;
  }

  /** The place of {@code host} in {@code tree}, or null where it is a root or not in there. */
  @Nullable Place place(int tree, int host) {
    return terrain.place(places, tree, host);
  }

  Feeder feeder(int host) {
    return feeders.get(host);
  }

  /** Any other place of the same tree; or null. */
  @Nullable Place sibling(Place place) {
    int[] range = terrain.placesOf(place.tree());
    Place other = places.get(range[0] + random.nextInt(range[1] - range[0]));
    return other == place ? null : other;
  }

  /** Another place of the same tree that somebody feeds, one at the end of a full way; or null. */
  @Nullable Place burdenedSibling(Place place) {
    int[] range = terrain.placesOf(place.tree());
    Place other = mostBurdened(range[0], range[1]);
    return other == place ? null : other;
  }

  /** The place of the same host in another tree, or null. */
  @Nullable Place twin(Place place) {
    int tree = random.nextInt(terrain.trees());
    return tree == place.tree() ? null : place(tree, place.host());
  }

  /** Any place that a tree can do without, or null. */
  @Nullable Place relay() {
    Place place = places.get(random.nextInt(places.size()));
    return place.optional() ? place : null;
  }

  int trees() {
    return terrain.trees();
  }

  /** A host that could feed {@code place} instead, rather one with a way that is little used. */
  @Nullable Feeder otherFeeder(Place place) {
    int tree = place.tree();
    Feeder now = place.feeder();
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    int looks = 1 + random.nextInt(TOURNAMENT);
    for (int i = 0; i < FEEDER_TRIES && looks > 0; i++) {
      int host = candidate(tree, place.host());
      if (host < 0
          || host == place.host()
          || (now != null && now.host() == host)
          || !canopy.isFed(tree, host)) {
        continue;
      }
      double full = canopy.fullness(host, place.host(), terrain.rate(tree));
      if (full < least && !canopy.isWithin(tree, host, place.host())) {
        least = full;
        best = host;
      }
      looks--;
    }
    return best < 0 ? null : feeders.get(best);
  }

  private int candidate(int tree, int host) {
    int at = problem.location[host];
    int[] from = problem.pathsInto[at];
    int location = random.nextDouble() < NEAR ? at : from[random.nextInt(from.length)];
    int[] members = terrain.members(tree, location);
    return members.length == 0 ? -1 : members[random.nextInt(members.length)];
  }
}
