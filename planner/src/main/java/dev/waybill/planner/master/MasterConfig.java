package dev.waybill.planner.master;

import dev.waybill.model.catalogue.ManifestPolicy;

/**
 * How the master's core behaves; times in seconds.
 *
 * @param period a planning run is made at least this often while something is left to do
 * @param lease a host that has not reported for this long counts as silent
 * @param settle after a start this long is waited for the hosts to say what they hold and which
 *     copies are under way
 * @param pause between planning runs, so that many small events make one run
 * @param grace so long a host keeps a version that is not in its file set any more
 * @param failures when a component goes out of service
 * @param useMeasured whether less than the network file says is planned with where less is measured
 * @param manifests which manifests are taken from publishers
 */
public record MasterConfig(
    double period,
    double lease,
    double settle,
    double pause,
    double grace,
    FailureRules failures,
    boolean useMeasured,
    ManifestPolicy manifests) {
  public MasterConfig {
    if (!(period > 0 && lease > 0 && settle >= 0 && pause >= 0 && grace >= 0)) {
      throw new IllegalArgumentException(
          "period %s, lease %s, settle %s, pause %s, grace %s"
              .formatted(period, lease, settle, pause, grace));
    }
  }

  /** What the {@code master} command uses where nothing else is said. */
  public static MasterConfig standard() {
    return new MasterConfig(
        30, 10, 1.5, 0.1, 600, FailureRules.STANDARD, false, ManifestPolicy.OPEN);
  }

  /** The same with another period. */
  public MasterConfig withPeriod(double seconds) {
    return new MasterConfig(seconds, lease, settle, pause, grace, failures, useMeasured, manifests);
  }

  /** The same with another grace time. */
  public MasterConfig withGrace(double seconds) {
    return new MasterConfig(
        period, lease, settle, pause, seconds, failures, useMeasured, manifests);
  }

  /** The same with other rules for failures. */
  public MasterConfig withFailures(FailureRules rules) {
    return new MasterConfig(period, lease, settle, pause, grace, rules, useMeasured, manifests);
  }

  /** The same, with measured rates or without. */
  public MasterConfig withMeasured(boolean used) {
    return new MasterConfig(period, lease, settle, pause, grace, failures, used, manifests);
  }

  /** The same with another rule for manifests. */
  public MasterConfig withManifests(ManifestPolicy rule) {
    return new MasterConfig(period, lease, settle, pause, grace, failures, useMeasured, rule);
  }
}
