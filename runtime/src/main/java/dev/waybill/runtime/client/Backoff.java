package dev.waybill.runtime.client;

import java.time.Duration;

/** How long a client pauses: twice as long each time, up to a longest pause. For one thread. */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The pause that is to be made now. */
  public Duration next() {
    Duration now = next;
    Duration twice = now.multipliedBy(2);
    next = twice.compareTo(longest) > 0 ? longest : twice;
    return now;
  }

  /** The next pause is as short as the first one. */
  public void reset() {
    next = first;
  }
}
