package dev.waybill.planner.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The master's count of failures per component (claims 16 and 17): {@code host:ID}, {@code
 * disk:ID}, {@code interface:ID}, {@code resource:ID}. What is accused often enough, by more than
 * one host unless it accuses itself, and more often than it serves well, goes out of service; after
 * a while it is probed, and soon goes again if it still fails.
 */
final class FailureAccounts {
  /** The master itself as the accuser: of a host that has fallen silent. */
  static final String MASTER = "the master";

  /** Several copies that fail together are one accusation. */
  private static final double TOGETHER_SECONDS = 1;

  private static final double LONGEST = 10;

  private final FailureRules rules;
  private final Map<String, Account> accounts = new TreeMap<>();

  FailureAccounts(FailureRules rules) {
    this.rules = rules;
  }

  /** A number that decays. */
  private final class Count {
    private double value;
    private double at;

    double value(double now) {
      return rules.decayed(value, now - at);
    }

    void add(double now) {
      value = value(now) + 1;
      at = now;
    }

    boolean isYoung(double now) {
      return value > 0 && now - at < TOGETHER_SECONDS;
    }
  }

  private final class Account {
    final Map<String, Count> accusers = new TreeMap<>();
    final Map<String, String> evidence = new TreeMap<>();
    final Count served = new Count();
    @Nullable Double outUntil;
    int terms;

    double score(String component, double now) {
      double score = 0;
      for (Map.Entry<String, Count> e : accusers.entrySet()) {
        boolean oneself = component.endsWith(":" + e.getKey()) || e.getKey().equals(MASTER);
        score += Math.min(rules.most(oneself), e.getValue().value(now));
      }
      return score;
    }

    double threshold() {
      // On probation less is needed.
      return terms == 0 ? rules.threshold() : rules.threshold() / 2;
    }
  }

  /**
   * What the master says of a component that was accused.
   *
   * @param evidence a line for each accuser
   * @param outForSeconds until it is probed; null where it is in service
   */
  record Standing(
      String component, double score, List<String> evidence, @Nullable Double outForSeconds) {}

  /**
   * Notes that somebody suspects a component; returns whether that took it out of service.
   *
   * @param evidence what has happened
   */
  boolean accuse(String component, String accuser, String evidence, double now) {
    Account a = accounts.computeIfAbsent(component, c -> new Account());
    Count count = a.accusers.computeIfAbsent(accuser, x -> new Count());
    a.evidence.put(accuser, evidence);
    if (a.outUntil != null || count.isYoung(now)) {
      return false;
    }
    count.add(now);
    double score = a.score(component, now);
    if (score < a.threshold() || score <= a.served.value(now)) {
      return false;
    }
    double factor = Math.min(LONGEST, Math.pow(2, a.terms));
    a.outUntil = now + rules.probationSeconds() * factor;
    a.terms++;
    return true;
  }

  /** Notes that a component has served well. */
  void served(String component, double now) {
    Account a = accounts.get(component);
    if (a == null || a.outUntil != null || a.served.isYoung(now)) {
      return;
    }
    a.served.add(now);
    if (a.served.value(now) > rules.threshold()) {
      a.terms = 0;
    }
  }

  boolean isOut(String component) {
    Account a = accounts.get(component);
    return a != null && a.outUntil != null;
  }

  /** Lets back what is to be probed now; returns it. Forgets what is long over. */
  List<String> expire(double now) {
    List<String> back = new ArrayList<>();
    accounts.forEach(
        (component, a) -> {
          if (a.outUntil != null && a.outUntil <= now) {
            a.outUntil = null;
            a.accusers.clear();
            back.add(component);
          }
        });
    accounts
        .values()
        .removeIf(
            a ->
                a.outUntil == null
                    && a.accusers.values().stream().allMatch(c -> c.value(now) < 0.01)
                    && (a.terms == 0 || a.served.value(now) > 1));
    return back;
  }

  /** All components that are under suspicion or out of service. */
  List<Standing> standings(double now) {
    List<Standing> all = new ArrayList<>();
    accounts.forEach(
        (component, a) -> {
          List<String> evidence = new ArrayList<>();
          a.evidence.forEach((who, what) -> evidence.add(who + ": " + what));
          all.add(
              new Standing(
                  component,
                  a.score(component, now),
                  evidence,
                  a.outUntil == null ? null : a.outUntil - now));
        });
    return all;
  }
}
