package dev.waybill.model.protocol;

/**
 * Part of the protocol: how a copy went at its receiver, in seconds since the receiver began it.
 *
 * @param first when its first block had arrived
 * @param last when its last block had arrived
 * @param durable when all of them would outlive a crash
 */
public record CopyPace(double first, double last, double durable) {
  public CopyPace {
    if (!(0 <= first && first <= last && last <= durable && durable < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "first %s, last %s, durable %s seconds".formatted(first, last, durable));
    }
  }
}
