package dev.waybill.planner.http;

import dev.waybill.model.protocol.Orders;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.master.MasterEffect;
import dev.waybill.planner.master.MasterEvent;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.master.Reply;
import dev.waybill.runtime.http.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the master that applies events to its core and carries out the effects: changes
 * are durable before their answer is given, hosts that wait for orders are woken, problems go to
 * the solver's thread.
 */
final class MasterLoop implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(MasterLoop.class);
  private static final Duration TICK = Duration.ofMillis(50);

  private final MasterState state;
  private final Lease lease;
  private final Catalogue catalogue;
  private final Planning planning;
  private final Clock clock = new Clock();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "master"));

  private final Executor answering;

  /** Changes that are in force and not yet durable, because the catalogue failed. */
  private final List<Change> unsaved = new ArrayList<>();

  private final Map<String, List<Waiting>> waiting = new HashMap<>();

  /** Hosts whose orders are new, and that have not been woken yet. */
  private final Set<String> revised = new LinkedHashSet<>();

  /** A host's request that is answered when there are new orders for it. */
  private record Waiting(long seenRevision, CompletableFuture<Optional<Orders>> answer) {}

  /**
   * @param answering makes of its answers what is sent, and sends it: not this thread's work
   */
  MasterLoop(
      MasterState state, Lease lease, Catalogue catalogue, Planning planning, Executor answering) {
    this.answering = answering;
    this.state = state;
    this.lease = lease;
    this.catalogue = catalogue;
    this.planning = planning;
  }

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (!lease.isValid()) {
      return;
    }
    try {
      apply(new MasterEvent.Ticked());
      wakeRevised();
    } catch (IOException e) {
      log.warn(e.getMessage());
    } catch (RuntimeException e) {
      log.error("a bug in the master's core", e);
    }
  }

  /** Applies an event; its answer is there once everything it led to is durable. */
  <R> CompletableFuture<R> submit(MasterEvent<R> event) {
    return run(
        () -> {
          Reply<R> reply = apply(event);
          if (reply instanceof Reply.Declined<R> no) {
            throw refusal(no);
          }
          return ((Reply.Accepted<R>) reply).value();
        });
  }

  /** Asks the state something, at this moment in seconds since the epoch. */
  <R> CompletableFuture<R> ask(BiFunction<MasterState, Double, R> question) {
    return run(() -> question.apply(state, clock.seconds()));
  }

  /**
   * A host's orders once they are newer than those that it has seen; empty when {@code wait} is
   * over.
   */
  CompletableFuture<Optional<Orders>> awaitOrders(String host, long seenRevision, Duration wait) {
    CompletableFuture<Optional<Orders>> answer = new CompletableFuture<>();
    CompletableFuture<?> unused =
        inTurn(
                () -> {
                  Reply<Optional<Orders>> now = state.orders(host, seenRevision);
                  if (now instanceof Reply.Declined<?> no) {
                    throw refusal(no);
                  } else if (((Reply.Accepted<Optional<Orders>>) now).value().isPresent()) {
                    answer.complete(((Reply.Accepted<Optional<Orders>>) now).value());
                  } else {
                    List<Waiting> others = waiting.computeIfAbsent(host, h -> new ArrayList<>());
                    others.removeIf(w -> w.answer.isDone());
                    others.add(new Waiting(seenRevision, answer));
                    answer.completeOnTimeout(
                        Optional.empty(), wait.toMillis(), TimeUnit.MILLISECONDS);
                  }
                  return host;
                })
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    answer.completeExceptionally(failure);
                  }
                });
    return answered(answer);
  }

  private static Refusal refusal(Reply.Declined<?> no) {
    int status =
        switch (no.why()) {
          case MALFORMED -> 400;
          case FORBIDDEN -> 403;
          case UNKNOWN -> 404;
          case CONFLICT -> 409;
        };
    return new Refusal(status, no.detail());
  }

  private <R> Reply<R> apply(MasterEvent<R> event) throws IOException {
    MasterState.Step<R> step = state.apply(event, clock.seconds());
    for (MasterEffect effect : step.effects()) {
      if (effect instanceof MasterEffect.Persist p) {
        unsaved.add(p.change());
      } else if (effect instanceof MasterEffect.Solve s) {
        planning.solve(s.request(), answer -> planned(new MasterEvent.PlanMade(answer)));
      } else if (effect instanceof MasterEffect.StopSolving) {
        planning.abandon();
      } else if (effect instanceof MasterEffect.OrdersChanged o) {
        revised.add(o.host());
      } else if (effect instanceof MasterEffect.Note n) {
        log.info(n.line());
      }
    }
    save();
    return step.reply();
  }

  private void save() throws IOException {
    if (!unsaved.isEmpty()) {
      catalogue.apply(lease.epoch(), unsaved);
      unsaved.clear();
    }
  }

  private void planned(MasterEvent.PlanMade event) {
    CompletableFuture<Reply.Done> unused = submit(event);
  }

  /**
   * After whatever led to it has been answered: hosts are many. What is not durable yet is for
   * nobody, and a master that does not lead has no orders to give.
   */
  private void wakeRevised() {
    if (!unsaved.isEmpty() || !lease.isValid()) {
      return;
    }
    List<String> hosts = List.copyOf(revised);
    revised.clear();
    try {
      hosts.forEach(this::wake);
    } catch (RuntimeException e) {
      log.error("a bug in the master's core", e);
    }
  }

  private void wake(String host) {
    for (Waiting w : waiting.getOrDefault(host, List.of())) {
      if (state.orders(host, w.seenRevision) instanceof Reply.Accepted<Optional<Orders>> orders) {
        w.answer.complete(orders.value());
      }
    }
    waiting.remove(host);
  }

  /** Work for the master's thread that may refuse. */
  private interface Work<R> {
    @Nullable R run() throws Exception;
  }

  private <R> CompletableFuture<R> run(Work<R> work) {
    return answered(inTurn(work));
  }

  private <R> CompletableFuture<R> answered(CompletableFuture<R> answer) {
    return answer.whenCompleteAsync((done, failure) -> {}, answering);
  }

  private <R> CompletableFuture<R> inTurn(Work<R> work) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              if (!lease.isValid()) {
                throw new Refusal(503, "this master does not lead");
              }
              answer.complete(work.run());
            } catch (Exception e) {
              answer.completeExceptionally(e);
            }
            wakeRevised();
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new Refusal(503, "the master is ending"));
    }
    return answer;
  }

  /** Ends the thread; whoever waits for orders is told to ask another master. */
  @Override
  public void close() {
    planning.abandon();
    try {
      thread.execute(this::dismiss);
    } catch (RejectedExecutionException e) {
      log.debug("closed twice", e);
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("the master's thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dismiss() {
    Refusal refusal = new Refusal(503, "this master does not lead");
    waiting.values().forEach(list -> list.forEach(w -> w.answer.completeExceptionally(refusal)));
    waiting.clear();
  }

  /** Seconds since the epoch that never go back while the process lives. */
  private static final class Clock {
    private final double epoch = System.currentTimeMillis() / 1e3 - System.nanoTime() / 1e9;

    double seconds() {
      return epoch + System.nanoTime() / 1e9;
    }
  }
}
