package dev.waybill.executor.http;

import dev.waybill.executor.agent.AgentEvent;
import dev.waybill.executor.agent.AgentEvent.HostUnknown;
import dev.waybill.executor.agent.AgentEvent.ManifestFailed;
import dev.waybill.executor.agent.AgentEvent.ManifestRefused;
import dev.waybill.executor.agent.AgentEvent.ManifestStored;
import dev.waybill.executor.agent.AgentEvent.OrdersCame;
import dev.waybill.executor.agent.AgentEvent.ReportAnswered;
import dev.waybill.executor.agent.AgentEvent.ReportFailed;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.Learned;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import dev.waybill.runtime.cli.CommandLine;
import dev.waybill.runtime.client.MasterClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executor's calls to the master: reports, the long poll for orders, and manifests. */
final class MasterLink implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(MasterLink.class);
  private static final Duration POLL = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 200;
  private static final long RETRY_MILLIS = 1000;

  private final MasterClient master;
  private final String host;
  private final BlockStore store;
  private final Consumer<AgentEvent> events;
  private final ExecutorService reports = Executors.newSingleThreadExecutor(named("report"));
  private final ExecutorService manifests = Executors.newFixedThreadPool(2, named("manifest"));
  private final ExecutorService orders = Executors.newSingleThreadExecutor(named("orders"));
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile long seenRevision;
  private volatile boolean closed;

  MasterLink(MasterClient master, String host, BlockStore store, Consumer<AgentEvent> events) {
    this.master = master;
    this.host = host;
    this.store = store;
    this.events = events;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins to wait for orders. */
  void start() {
    orders.execute(this::pollOrders);
  }

  /** The revision that the core follows. */
  void seen(long revision) {
    seenRevision = revision;
  }

  void report(Report report) {
    unlessClosed(reports, () -> events.accept(sent(report)));
  }

  /** What the core still asks for while everything ends is nobody's any more. */
  private void unlessClosed(ExecutorService thread, Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private AgentEvent sent(Report report) {
    try {
      Optional<Orders> answer = master.report(report);
      known.countDown();
      return new ReportAnswered(report.sequence(), answer.orElse(null));
    } catch (MasterClient.Refused e) {
      return e.problem().status() == 404
          ? new HostUnknown()
          : new ReportFailed(report.sequence(), "the master refuses the report: " + e.getMessage());
    } catch (IOException e) {
      return new ReportFailed(report.sequence(), CommandLine.lineOf(e));
    } catch (RuntimeException e) {
      log.error("a report could not be sent", e);
      return new ReportFailed(report.sequence(), String.valueOf(e));
    }
  }

  /**
   * Not before the master knows of this start of the executor: until then its orders are those of
   * the one before, whose copies would be begun only to be ended.
   */
  private void pollOrders() {
    try {
      known.await();
    } catch (InterruptedException e) {
      return;
    }
    long seen = 0;
    while (!closed) {
      seen = Math.max(seen, seenRevision);
      long began = System.nanoTime();
      try {
        Optional<Orders> answer = master.awaitOrders(host, seen, POLL);
        boolean news =
            answer.filter(o -> !o.resync()).filter(o -> o.revision() > seenRevision).isPresent();
        answer.ifPresent(o -> events.accept(new OrdersCame(o)));
        if (news) {
          seen = answer.get().revision();
        } else if (System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
          sleep(PAUSE_MILLIS);
        }
      } catch (IOException e) {
        // The reports say what is wrong.
        log.debug("no orders: {}", e.getMessage());
        sleep(RETRY_MILLIS);
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void fetchManifest(FileId file) {
    unlessClosed(manifests, () -> events.accept(fetched(file)));
  }

  private AgentEvent fetched(FileId id) {
    StoredFile file = store.find(id).orElse(null);
    if (file == null) {
      return new ManifestFailed(id, "it can't be stored here");
    }
    try {
      return learned(file);
    } catch (IOException e) {
      return new ManifestFailed(id, CommandLine.lineOf(e));
    } catch (RuntimeException e) {
      log.error("a manifest could not be fetched", e);
      return new ManifestFailed(id, String.valueOf(e));
    }
  }

  /** Until all that the newest signature covers is here. */
  private AgentEvent learned(StoredFile file) throws IOException {
    Learned learned;
    int begin;
    do {
      begin = file.nextChecksum();
      learned = file.learn(master.manifest(file.id(), begin));
    } while (learned instanceof Learned.Kept && file.nextChecksum() > begin && !closed);
    String refusal = file.refusal();
    return refusal != null
        ? new ManifestRefused(file.id(), refusal)
        : new ManifestStored(file.id(), file.knownBlocks(), file.size());
  }

  @Override
  public void close() {
    closed = true;
    reports.shutdownNow();
    orders.shutdownNow();
    // Not interrupted: they write to the store, whose channels an interrupt would close.
    manifests.shutdown();
  }
}
