package dev.waybill.planner.solve.greedy;

/**
 * The greedy solver's cost function: how good it would be to start one candidate copy now. The
 * candidate with the highest score starts (its cost is the negative). With the weights w of {@link
 * GreedyConfig}, and every term within 0..1:
 *
 * <pre>
 *   score =  w.rarity        / (hosts that have or are being sent the blocks)
 *          + w.newToLocation * [the receiver's location has none of the blocks]
 *          + w.need          * (seconds that the receiver's ingress needs for the rest) / (most of any)
 *          + w.forwarding    * (receiver's egress / largest) * (share of needers that lack the blocks)
 *          + w.rate          * (rate now) / (rate of the way without other copies)
 *          + w.affinity      * [continues the pair's last copy]
 *          + w.urgency       * (weight and deadline pressure, where the objective has them)
 *          - w.sourceLoad    * (share of the sender's egress in use)
 *          - w.scarceWay     * (share of the time for which the ways into the location are needed)
 *                            * [enters a location that has the blocks]
 *          - w.money         * (cost of a byte on the way / highest, where the objective has it)
 * </pre>
 *
 * <p>It is a sum of what depends on the pair alone and what depends on the blocks too, so that the
 * first is computed once for all blocks that the pair could move.
 */
record CostFunction(GreedyConfig weights) {
  double ofPair(double need, double urgency, double sourceLoad, double money) {
    return weights.need() * need
        + weights.urgency() * urgency
        - weights.sourceLoad() * sourceLoad
        - weights.money() * money;
  }

  double ofBlocks(
      int hostsWithThem,
      boolean newToLocation,
      double forwarding,
      double rateShare,
      boolean continues,
      double scarceWay) {
    return weights.rarity() / hostsWithThem
        + (newToLocation ? weights.newToLocation() : 0)
        + weights.forwarding() * forwarding
        + weights.rate() * rateShare
        + (continues ? weights.affinity() : 0)
        - weights.scarceWay() * scarceWay;
  }
}
