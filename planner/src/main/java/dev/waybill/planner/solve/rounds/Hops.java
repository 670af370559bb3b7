package dev.waybill.planner.solve.rounds;

/** Who takes the copies of a round-based plan of the planner. */
@FunctionalInterface
interface Hops {
  /**
   * In {@code round}, from 0, one sends an item to another.
   *
   * @param from 0 for the source, from 1 for the receivers
   * @param to from 1
   * @param item from 0
   */
  void hop(int round, int from, int to, int item);
}
