package dev.waybill.planner.solve.greedy;

/**
 * A piece on its way to a host, in the greedy solver's list scheduler: sent there by a copy that it
 * planned, or coming without one.
 *
 * @param from the sender; the receiver itself where the piece comes without a new copy
 * @param to the receiver
 * @param start seconds
 * @param rate bytes per second
 * @param end when the receiver holds all of it, seconds
 */
record Flight(int from, int to, int piece, double start, double rate, double end) {
  boolean planned() {
    return from != to;
  }
}
