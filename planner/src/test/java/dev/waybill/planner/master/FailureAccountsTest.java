package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureAccountsTest {
  private static final FailureRules RULES = new FailureRules(4, 60, 30);
  private final FailureAccounts accounts = new FailureAccounts(RULES);
  private double now = 1000;

  /** So many accusations, two seconds apart; returns whether one took it out of service. */
  private boolean accuse(String component, String accuser, int times) {
    boolean out = false;
    for (int i = 0; i < times; i++) {
      now += 2;
      out |= accounts.accuse(component, accuser, "BROKEN", now);
    }
    return out;
  }

  @Test
  void oneAccuserAloneTakesNobodyOut() {
    assertThat(accuse("host:honest", "liar", 1000)).isFalse();
    assertThat(accounts.isOut("host:honest")).isFalse();
  }

  @Test
  void accusersOnDifferentHostsTakeAComponentOutAtTheThreshold() {
    assertThat(accuse("host:bad", "a", 2)).isFalse();
    assertThat(accuse("host:bad", "b", 2)).isFalse();
    assertThat(accuse("host:bad", "b", 1)).isTrue();
    assertThat(accounts.isOut("host:bad")).isTrue();
    assertThat(accounts.standings(now).get(0).evidence()).containsExactly("a: BROKEN", "b: BROKEN");
  }

  @Test
  void whoAccusesItselfIsBelieved() {
    assertThat(accuse("disk:a", "a", 4)).isFalse();
    assertThat(accuse("disk:a", "a", 1)).isTrue();
  }

  @Test
  void countsDecay() {
    accuse("host:x", "a", 2);
    accuse("host:x", "b", 1);
    now += 600;
    assertThat(accuse("host:x", "b", 2)).isFalse();
    assertThat(accounts.standings(now).get(0).score()).isLessThan(2.1);
  }

  @Test
  void whatServesMoreOftenThanItFailsStaysInService() {
    for (int i = 0; i < 50; i++) {
      accuse("host:x", i % 2 == 0 ? "a" : "b", 1);
      now += 1;
      accounts.served("host:x", now);
      now += 1.1;
      accounts.served("host:x", now);
    }
    assertThat(accounts.isOut("host:x")).isFalse();
  }

  @Test
  void whatIsOutIsProbedAndGoesSoonerAndForLongerIfItStillFails() {
    accuse("host:x", "a", 3);
    accuse("host:x", "b", 3);
    assertThat(accounts.expire(now + 25)).isEmpty();
    now += 31;
    assertThat(accounts.expire(now)).containsExactly("host:x");
    assertThat(accounts.isOut("host:x")).isFalse();

    assertThat(accuse("host:x", "a", 1)).isFalse();
    assertThat(accuse("host:x", "b", 2)).isTrue();
    assertThat(accounts.expire(now + 45)).isEmpty();
    assertThat(accounts.expire(now + 61)).containsExactly("host:x");
  }

  @Test
  void whatHasServedWellAgainIsAsGoodAsNew() {
    accuse("host:x", "a", 3);
    accuse("host:x", "b", 3);
    now += 31;
    accounts.expire(now);
    for (int i = 0; i < 20; i++) {
      now += 2;
      accounts.served("host:x", now);
    }
    now += 600;
    accounts.expire(now);
    assertThat(accounts.standings(now)).isEmpty();
  }
}
