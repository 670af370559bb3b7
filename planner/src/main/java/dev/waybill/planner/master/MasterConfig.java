package dev.waybill.planner.master;

/**
 * How the master's core behaves; all in seconds.
 *
 * @param period a planning run is made at least this often while something is left to do
 * @param lease a host that has not reported for this long counts as silent
 * @param settle after a start this long is waited for the hosts to say what they hold and which
 *     copies are under way
 * @param pause between planning runs, so that many small events make one run
 */
public record MasterConfig(double period, double lease, double settle, double pause) {
  public MasterConfig {
    if (!(period > 0 && lease > 0 && settle >= 0 && pause >= 0)) {
      throw new IllegalArgumentException(
          "period %s, lease %s, settle %s, pause %s".formatted(period, lease, settle, pause));
    }
  }

  /** What the {@code master} command uses, but for the period that it is given. */
  public static MasterConfig withPeriod(double period) {
    return new MasterConfig(period, 10, 1.5, 0.1);
  }
}
