package dev.waybill.planner.bound;

/**
 * One lower bound: bytes that have to cross resources which can't carry them sooner.
 *
 * @param seconds the bound
 * @param because why, for people
 * @param resources indices of the resources that it rests on; empty where time itself binds
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Cut(double seconds, String because, int[] resources) {
  static Cut none() {
    return new Cut(0, "every demand is met already", new int[0]);
  }

  Cut orTighter(Cut other) {
    return other.seconds > seconds ? other : this;
  }
}
