package dev.waybill.planner.solve.tree;

/** What is so little of a resource of the planner's problem that it is not worth a copy. */
public final class Sliver {
  /** The share of a capacity below which it isn't worth a copy. */
  private static final double SHARE = 0.03;

  private Sliver() {}

  /**
   * What is left of a resource beside copies in progress, unless it is a mere sliver: a copy that
   * crept along on that would end long after the others have made room.
   */
  public static double orNothing(double left, double capacity) {
    return left < SHARE * capacity ? 0 : left;
  }
}
