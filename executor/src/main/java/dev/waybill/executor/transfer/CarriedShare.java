package dev.waybill.executor.transfer;

import java.util.OptionalDouble;

/**
 * Which share of its rate a connection of the data plane carries, at either end of it: over windows
 * of two seconds in which blocks were under way. What it carries at first does not count, for on a
 * long way it is still getting up to its rate.
 */
public final class CarriedShare {
  private static final double WINDOW_SECONDS = 2;

  private double windowSeconds;
  private boolean gettingUp = true;
  private double dueSeconds;
  private double takenSeconds;

  /**
   * @param slowStartSeconds so long what it carries does not count
   */
  public CarriedShare(double slowStartSeconds) {
    this.windowSeconds = slowStartSeconds;
  }

  /**
   * Adds a block.
   *
   * @param due seconds that it takes at the rate
   * @param taken seconds that it was under way
   * @return the share, where a window ends with this block
   */
  public OptionalDouble add(double due, double taken) {
    dueSeconds += due;
    takenSeconds += taken;
    if (takenSeconds < windowSeconds) {
      return OptionalDouble.empty();
    }
    OptionalDouble share =
        gettingUp ? OptionalDouble.empty() : OptionalDouble.of(dueSeconds / takenSeconds);
    windowSeconds = WINDOW_SECONDS;
    gettingUp = false;
    dueSeconds = 0;
    takenSeconds = 0;
    return share;
  }
}
