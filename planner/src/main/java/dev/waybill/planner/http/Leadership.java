package dev.waybill.planner.http;

import dev.waybill.model.network.Fleet;
import dev.waybill.planner.catalogue.Candidacy;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.master.MasterEvent;
import dev.waybill.planner.master.Reply;
import dev.waybill.runtime.http.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process of the master leads: a thread that asks the catalogue for its lease again
 * and again, starts the master's loop when it has it, and ends the loop when it has lost it.
 */
final class Leadership implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  private final Catalogue catalogue;
  private final @Nullable String url;
  private final Timing timing;
  private final Term term;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(r -> MasterLoop.daemon(r, "leadership"));

  private String owner = UUID.randomUUID().toString();
  private volatile @Nullable MasterLoop leading;
  private volatile @Nullable Lease lease;
  private volatile @Nullable String leader;
  private boolean following;

  /**
   * @param lease how long nobody else can lead after the leader has fallen silent
   * @param pause between two questions to the catalogue: a small part of the lease
   */
  record Timing(Duration lease, Duration pause) {
    static final Timing STANDARD = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(1));
  }

  /** What is begun when this process has come to lead. */
  @FunctionalInterface
  interface Term {
    MasterLoop begin(Lease lease) throws IOException;
  }

  /**
   * @param url where clients reach this master; null: it does not say
   */
  Leadership(Catalogue catalogue, @Nullable String url, Timing timing, Term term) {
    this.catalogue = catalogue;
    this.url = url;
    this.timing = timing;
    this.term = term;
  }

  /**
   * Asks for the lease once, and from now on again and again.
   *
   * @throws IOException where the catalogue can't be used at all
   */
  void start() throws IOException {
    ask();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::askAgain,
            timing.pause().toMillis(),
            timing.pause().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The loop of this master while it leads. */
  MasterLoop loop() throws Refusal {
    MasterLoop loop = leading;
    Lease held = lease;
    if (loop == null || held == null || !held.isValid()) {
      throw notLeading();
    }
    return loop;
  }

  /** The network file has been edited: whoever leads here is told. */
  void fleet(Fleet now) {
    MasterLoop loop = leading;
    if (loop != null) {
      CompletableFuture<Reply.Done> unused = loop.submit(new MasterEvent.NetworkChanged(now));
    }
  }

  private Refusal notLeading() {
    String other = leader;
    return other == null || other.equals(url)
        ? new Refusal(503, "this master does not lead")
        : Refusal.elsewhere(other, "this master does not lead; the one at " + other + " does");
  }

  private void askAgain() {
    try {
      ask();
    } catch (IOException e) {
      log.warn("{}", e.getMessage());
      Lease held = lease;
      if (held != null && !held.isValid()) {
        stepDown("the catalogue can't be reached");
      }
    } catch (RuntimeException e) {
      log.error("a bug in the master's leadership", e);
    }
  }

  private synchronized void ask() throws IOException {
    Lease held = lease;
    if (held != null && !held.isValid()) {
      stepDown("its lease has run out");
      held = null;
    }
    if (held != null && !catalogue.isShared()) {
      return; // Nobody else can have it.
    }
    long askedNanos = System.nanoTime();
    Candidacy answer = catalogue.lead(owner, url, timing.lease());
    if (answer instanceof Candidacy.Leads leads) {
      if (held == null) {
        lead(leads.epoch(), askedNanos);
      } else {
        held.renewed(askedNanos, timing.lease());
      }
    } else if (answer instanceof Candidacy.Follows follows) {
      if (held != null) {
        stepDown("another one has its lease");
      }
      follow(follows.url());
    }
  }

  private void lead(int epoch, long askedNanos) throws IOException {
    Lease won = new Lease(epoch, catalogue.isShared());
    won.renewed(askedNanos, timing.lease());
    MasterLoop loop = begun(won);
    following = false;
    leader = url;
    lease = won;
    leading = loop;
    loop.start();
    log.info("this master leads, epoch {}", epoch);
  }

  /** Reading a large catalogue may take longer than the lease, which is renewed meanwhile. */
  private MasterLoop begun(Lease won) throws IOException {
    String me = owner;
    AtomicBoolean begun = new AtomicBoolean();
    Thread renewing =
        MasterLoop.daemon(
            () -> {
              while (!begun.get()) {
                try {
                  Thread.sleep(timing.pause().toMillis());
                  long askedNanos = System.nanoTime();
                  if (catalogue.lead(me, url, timing.lease()) instanceof Candidacy.Leads) {
                    won.renewed(askedNanos, timing.lease());
                  }
                } catch (IOException e) {
                  log.warn("{}", e.getMessage());
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "renewing");
    if (catalogue.isShared()) {
      renewing.start();
    }
    try {
      return term.begin(won);
    } finally {
      begun.set(true);
    }
  }

  private void follow(@Nullable String other) {
    if (!following) {
      log.info("this master stands by; the leader is at {}", other == null ? "?" : other);
    }
    following = true;
    leader = other;
  }

  private synchronized void stepDown(String why) {
    MasterLoop loop = leading;
    leading = null;
    lease = null;
    leader = null;
    // Its epoch is over, even where nobody else has begun one.
    owner = UUID.randomUUID().toString();
    if (loop != null) {
      log.warn("this master leads no longer: {}", why);
      loop.close();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("the leadership's thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      MasterLoop loop = leading;
      leading = null;
      if (loop != null) {
        loop.close();
        try {
          catalogue.resign(owner);
        } catch (IOException e) {
          log.warn("the lease could not be given back: {}", e.getMessage());
        }
      }
    }
  }
}
