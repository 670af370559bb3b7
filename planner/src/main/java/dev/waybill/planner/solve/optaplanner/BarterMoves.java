package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;

/**
 * A host leaves a receiver in one tree to another host and takes one from it in another tree: where
 * trees have different rates, so that both use up their upload.
 */
final class BarterMoves implements Draw {
  private static final int MOST_CHILDREN = 64;

  @Override
  public @Nullable Rewire draw(Woods woods) {
    Place given = woods.burdened();
    Feeder giver = given == null ? null : given.feeder();
    Feeder taker = given == null ? null : woods.otherFeeder(given);
    if (given == null || giver == null || taker == null) {
      return null;
    }
    int tree = woods.random.nextInt(woods.trees());
    int[] children = woods.canopy.children(tree, taker.host(), MOST_CHILDREN);
    if (tree == given.tree() || children.length == 0 || !woods.canopy.isFed(tree, giver.host())) {
      return null;
    }
    Place back = woods.place(tree, children[woods.random.nextInt(children.length)]);
    if (back == null || woods.canopy.isWithin(tree, giver.host(), back.host())) {
      return null;
    }
    return new Rewire().and(given, taker).and(back, giver);
  }
}
