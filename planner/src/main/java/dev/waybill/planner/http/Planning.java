package dev.waybill.planner.http;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.cache.Fingerprint;
import dev.waybill.planner.cache.ScheduleCache;
import dev.waybill.planner.master.PlanAnswer;
import dev.waybill.planner.master.PlanRequest;
import dev.waybill.planner.solve.Rehearsal;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Task;
import dev.waybill.planner.solve.tree.KnownTrees;
import dev.waybill.runtime.files.ScratchFolder;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.SignatureRehearsal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The solver's thread of the master: one problem at a time, while reports go on being answered. */
final class Planning implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Planning.class);

  /** By then what plans a network of dozens of hosts has been compiled. */
  private static final int REHEARSALS = 20;

  /** By then so has what answers a publisher and hosts. */
  private static final long DISTRIBUTING_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long REHEARSAL_NANOS = Duration.ofSeconds(10).toNanos();

  /** Of more hosts, plans under way are no quicker for having been rehearsed. */
  private static final int MOST_HOSTS_THAT_FAIL = 300;

  /** So long it learns, after that, how to begin at each host of the network. */
  private static final long LEARNING_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long STOP_SECONDS = 1;

  private final Solver solver;
  private final SolveLimits limits;
  private final PlanArchive archive;
  private final ScheduleCache cache;
  private final KnownTrees knownTrees = new KnownTrees();
  private final StandingBack threads = new StandingBack("solver");
  private final ExecutorService thread = Executors.newSingleThreadExecutor(threads::thread);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile boolean ending;

  Planning(Solver solver, SolveLimits limits, PlanArchive archive, ScheduleCache cache) {
    this.solver = solver;
    this.limits = limits;
    this.archive = archive;
    this.cache = cache;
  }

  /**
   * Distributes what nobody has asked for, and solves problems of the network's size, again and
   * again until somebody asks: a JVM that has not run the solver yet takes seconds for its first
   * plan, which is when hosts wait; so does a first plan around a host that has died. The trees
   * that are found on the way are what the first plan begins with, whichever host its file comes
   * from.
   *
   * @param folder for what that needs meanwhile
   * @param credentials with which signatures are verified; null: none are
   */
  void rehearse(Fleet fleet, Path folder, @Nullable Credentials credentials) {
    thread.execute(
        () -> {
          if (credentials != null) {
            SignatureRehearsal.run(credentials, this::isAsked);
          }
          distribute(fleet, folder);
          Network network = fleet.network();
          long began = System.nanoTime();
          List<String> hosts = List.copyOf(network.hosts().keySet());
          for (int i = 0; i < REHEARSALS && rehearses(began, REHEARSAL_NANOS); i++) {
            rehearse(network, hosts.get(0));
          }
          rehearseFailures(Rehearsal.published(network, hosts.get(0)), hosts);
          began = System.nanoTime();
          for (int h = 1; h < hosts.size() && rehearses(began, LEARNING_NANOS); h++) {
            rehearse(network, hosts.get(h));
          }
        });
  }

  private void distribute(Fleet fleet, Path folder) {
    long began = System.nanoTime();
    try (ScratchFolder scratch = ScratchFolder.at(folder)) {
      DistributionRehearsal.run(
          fleet, scratch.path(), this::rehearse, () -> !rehearses(began, DISTRIBUTING_NANOS));
    } catch (IOException e) {
      log.debug("no rehearsal", e);
    }
  }

  private boolean rehearses(long began, long nanos) {
    return !isAsked() && System.nanoTime() - began < nanos;
  }

  /** Whether there is something to plan, or nobody is there any more to plan for. */
  private boolean isAsked() {
    return ending || asked.get() > 0;
  }

  private void rehearse(Network network, String origin) {
    Solution unused = rehearse(Rehearsal.published(network, origin));
  }

  /** So that a way around a host that has died is found as soon as a first plan is. */
  private void rehearseFailures(Problem whole, List<String> hosts) {
    boolean worthIt = hosts.size() > 2 && hosts.size() <= MOST_HOSTS_THAT_FAIL;
    if (!worthIt || isAsked() || !(rehearse(whole) instanceof Solution.Planned p)) {
      return;
    }
    long began = System.nanoTime();
    for (int i = 0; i < REHEARSALS && rehearses(began, REHEARSAL_NANOS); i++) {
      String gone = hosts.get(1 + i % (hosts.size() - 1));
      rehearse(Rehearsal.interrupted(whole, p.schedule(), gone, i % 2 == 0));
    }
  }

  private Solution rehearse(Problem problem) {
    try (StandingBack.Turn turn = threads.begin()) {
      return solver.solve(Task.rehearsal(problem, knownTrees), limits, this::isAsked);
    }
  }

  /**
   * Solves on the solver's thread, and keeps the schedule beside its problem; a problem that has
   * been solved before is answered without solving.
   */
  void solve(PlanRequest request, Consumer<PlanAnswer> waiting) {
    asked.incrementAndGet();
    int generation = abandoned.get();
    SolveMonitor monitor = () -> ending || abandoned.get() != generation;
    thread.execute(
        () -> {
          Fingerprint fingerprint = Fingerprint.of(request.problem(), how());
          PlanAnswer answer = answer(request, fingerprint, monitor);
          waiting.accept(answer);
          if (answer.solution() instanceof Solution.Planned p) {
            said(request, p.schedule(), answer.isCached());
            if (!answer.isCached()) {
              cache.keep(fingerprint, p.schedule());
            }
          }
        });
  }

  private PlanAnswer answer(PlanRequest request, Fingerprint fingerprint, SolveMonitor monitor) {
    try {
      Optional<Schedule> known = cache.find(fingerprint, request.problem());
      Solution solution =
          known.isPresent()
              ? new Solution.Planned(known.get(), LowerBound.of(request.problem()))
              : solved(request, monitor);
      if (known.isEmpty() && monitor.cancelled()) {
        solution = new Solution.GaveUp("nobody waits for plan " + request.number());
      }
      return new PlanAnswer(request, solution, known.isPresent());
    } catch (RuntimeException e) {
      log.error("solver {} failed on plan {}", solver.name(), request.number(), e);
      String reason = "solver " + solver.name() + " failed: " + e;
      return new PlanAnswer(request, new Solution.GaveUp(reason), false);
    }
  }

  private void said(PlanRequest request, Schedule schedule, boolean known) {
    log.info(
        "plan {}{}: {} copies, {} s, at least {} s, {} in {} s",
        request.number(),
        request.ahead() ? " ahead" : "",
        schedule.copies().size(),
        rounded(schedule.makespan()),
        rounded(schedule.lowerBound()),
        known ? "known, once solved" : "solved",
        rounded(schedule.solveSeconds()));
    archive.keep(request, schedule);
  }

  /** Nobody waits for the answers to what has been asked so far. */
  void abandon() {
    abandoned.incrementAndGet();
  }

  private Solution solved(PlanRequest request, SolveMonitor monitor) {
    try (StandingBack.Turn turn = threads.begin()) {
      return solver.solve(Task.goingOn(request.problem(), knownTrees), limits, monitor);
    }
  }

  private String how() {
    return solver.name() + " " + limits;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  /** Ends the thread; what is rehearsed or solved ends within moments. */
  @Override
  public void close() {
    ending = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.debug("the solver goes on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
