package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;

/**
 * Two places exchange their feeders: two hosts of one tree, with all whom they feed, or one host in
 * two trees.
 */
final class ExchangeMoves implements Draw {
  @Override
  public @Nullable Rewire draw(Woods woods) {
    Place a = woods.burdened();
    if (a == null) {
      return null;
    }
    Place b =
        switch (woods.random.nextInt(3)) {
          case 0 -> woods.sibling(a);
          case 1 -> woods.burdenedSibling(a);
          default -> woods.twin(a);
        };
    if (b == null || a.feeder() == null || b.feeder() == null) {
      return null;
    }
    int ofA = a.feeder().host();
    int ofB = b.feeder().host();
    boolean apart =
        ofA != ofB
            && woods.canopy.isFed(a.tree(), ofB)
            && woods.canopy.isFed(b.tree(), ofA)
            && !woods.canopy.isWithin(a.tree(), ofB, a.host())
            && !woods.canopy.isWithin(b.tree(), ofA, b.host());
    return apart ? new Rewire().and(a, b.feeder()).and(b, a.feeder()) : null;
  }
}
