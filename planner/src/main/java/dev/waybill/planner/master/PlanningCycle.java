package dev.waybill.planner.master;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Host;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.Bottleneck;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The planning cycle of the master (claims 3 to 5, 8): makes a problem of the state, has it solved,
 * and puts the schedule in force. A run is made when what is possible has changed, and at intervals
 * while something is left to do.
 */
final class PlanningCycle {
  /** What begins is planned for as soon as it is known, and once more so long before. */
  private static final double LEAD_SECONDS = 15;

  /** A schedule is worth ending running copies for that is so much shorter. */
  private static final double WORTH_SECONDS = 1;

  private static final double WORTH_SHARE = 0.1;

  /** A schedule that is later than this is not added to any more: its times mean nothing. */
  private static final double LATE_SECONDS = 2;

  /** So long nothing need move before everything is planned anew. */
  private static final double STUCK_SECONDS = 5;

  /** Hosts times versions for which a problem may be made each second. */
  private static final double SIZE_A_SECOND = 100_000;

  private final Cluster cluster;
  private final Stragglers stragglers;
  private final MasterConfig config;
  private final double startedAt;
  private final Set<FileSets.Wanted> infeasible = new HashSet<>();
  private long plans;

  /** What is being solved; null where nothing is. */
  private @Nullable PlanRequest solving;

  /** Whether the answer to what is being solved will not be used. */
  private boolean dropped;

  /** Whether it was so with the last one that need not be: small news do not drop the next. */
  private boolean wasDropped;

  private boolean again;

  /** What the next full run is to plan as if it did not run; null where that is nothing. */
  private @Nullable InTheWay inTheWay;

  /** When everything should be done by the schedule in force, in seconds. */
  private double overdueAt = Double.POSITIVE_INFINITY;

  private long cacheHits;
  private long cacheMisses;
  private double nextBegin = Double.POSITIVE_INFINITY;
  private double aheadOf = Double.NaN;
  private boolean aheadSoon;
  private double lastPlanAt = Double.NEGATIVE_INFINITY;
  private double lastFullAt = Double.NEGATIVE_INFINITY;
  private @Nullable String problem;
  private List<Bottleneck> bottlenecks = List.of();

  /** Whether what is solved as if no copy ran is also the first to have something new. */
  private boolean changedMeanwhile;

  /**
   * @param startedAt seconds since the epoch
   */
  PlanningCycle(Cluster cluster, MasterConfig config, double startedAt) {
    this.cluster = cluster;
    this.stragglers = new Stragglers(cluster);
    this.config = config;
    this.startedAt = startedAt;
  }

  /** Asks a solver where a new schedule is called for, can be made, and nobody is at it. */
  void run(double now) {
    if (cluster.shortfalls.expire(now)) {
      cluster.believe(now);
    }
    if (solving == null && inTheWay == null) {
      planWithout(stragglers.look(overdueAt, now));
    }
    boolean settled = now - startedAt >= config.settle() || allReported();
    boolean begun = now >= nextBegin;
    if (isStuck(now)) {
      cluster.replan();
    }
    boolean upset = begun || cluster.isUpset();
    boolean optional = solving != null && solving.isOptional();
    if (optional && !dropped && (upset || (cluster.isStale() && !wasDropped))) {
      dropped = true;
      cluster.stopSolving();
    }
    boolean due = begun || cluster.isStale() || again || now - lastPlanAt >= config.period();
    if (solving != null || !settled || now - lastPlanAt < pause() || cluster.isUnsettled(now)) {
      return;
    }
    if (!due) {
      planAhead(now);
      return;
    }
    if (upset) {
      inTheWay = null;
    }
    Cluster.Staleness stale = cluster.takeStale();
    if (stale != Cluster.Staleness.NOTHING || begun) {
      infeasible.clear();
    }
    boolean anew = inTheWay != null;
    changedMeanwhile = anew && stale != Cluster.Staleness.NOTHING;
    boolean part =
        stale == Cluster.Staleness.PART
            && !begun
            && !anew
            && now - lastFullAt < config.period()
            && cluster.traffic.waitingCount() > 0
            && now - cluster.traffic.firstWaiting() <= LATE_SECONDS;
    nextBegin = cluster.fileSets.nextBegin(now);
    again = false;
    lastPlanAt = now;
    aheadOf = Double.NaN;
    indispensable(now);
    cutOffStarving(now);
    PlanRequest request;
    if (part) {
      request = ProblemBuilder.beside(cluster, now, plans + 1, infeasible);
    } else {
      request = full(now);
      lastFullAt = now;
      cluster.reckon();
    }
    if (!request.lacking().isEmpty()) {
      complain(request.lacking().get(0));
    } else if (infeasible.isEmpty()) {
      problem = null;
    }
    if (request.problem().demands().isEmpty()) {
      inTheWay = null;
      cluster.traffic.plan(new WaitingCopies());
      return;
    }
    solve(request);
  }

  private void solve(PlanRequest request) {
    plans++;
    solving = request;
    dropped = false;
    cluster.solve(request);
  }

  private PlanRequest full(double now) {
    InTheWay gone = inTheWay;
    return gone == null
        ? ProblemBuilder.open(cluster, now, plans + 1, infeasible)
        : ProblemBuilder.openWithout(cluster, now, plans + 1, infeasible, gone.copies());
  }

  /** Whether what waits is overdue and nothing moves that it could be waiting for. */
  private boolean isStuck(double now) {
    return cluster.traffic.running().isEmpty()
        && now - cluster.traffic.firstWaiting() > LATE_SECONDS
        && now - lastPlanAt > STUCK_SECONDS;
  }

  /** Making a problem of a big state takes the master's own time: so it is made less often. */
  private double pause() {
    double size = (double) cluster.hosts.size() * cluster.publications.size();
    return Math.max(config.pause(), size / SIZE_A_SECOND);
  }

  /**
   * Has what begins next solved before it begins, once nothing else is to be solved: at that moment
   * the same problem is answered from the cache.
   */
  private void planAhead(double now) {
    boolean soon = nextBegin - now <= LEAD_SECONDS;
    if (nextBegin == Double.POSITIVE_INFINITY || (nextBegin == aheadOf && soon == aheadSoon)) {
      return;
    }
    aheadOf = nextBegin;
    aheadSoon = soon;
    PlanRequest request = ProblemBuilder.ahead(cluster, now, nextBegin, plans + 1);
    if (!request.problem().demands().isEmpty()) {
      solve(request);
    }
  }

  /** Notes which hosts that are out of service hold what nobody in service can give. */
  private void indispensable(double now) {
    for (HostRecord h : cluster.hosts.values()) {
      h.indispensable(
          h.isUsable()
              && cluster.isOutOfService(h.id())
              && h.files().keySet().stream().anyMatch(f -> isOnlySource(h, f, now)));
    }
  }

  private boolean isOnlySource(HostRecord host, FileId file, double now) {
    FileVersion version = cluster.publications.find(file);
    if (version == null || version.isWithdrawn()) {
      return false;
    }
    boolean lacked = false;
    BlockSet alone = cluster.trusted(host, file);
    for (HostRecord h : cluster.hosts.values()) {
      lacked |= cluster.isWanted(h.id(), version) && !StatusReport.isComplete(h, version);
      if (h != host && h.isUsable() && !cluster.isOutOfService(h.id())) {
        alone = alone.minus(cluster.trusted(h, file));
      }
    }
    boolean fed = version.origins().contains(host.id()) && version.isBeingMade(now);
    return lacked && (fed || !alone.isEmpty());
  }

  private boolean allReported() {
    return cluster.hosts.values().stream().allMatch(HostRecord::isUp);
  }

  /**
   * Ends running copies whose receiver no longer wants them or whose sender has no way to come by
   * their blocks.
   */
  private void cutOffStarving(double now) {
    boolean found = true;
    while (found) {
      found = false;
      for (Traffic.Running r : List.copyOf(cluster.traffic.running())) {
        if (!isOfUse(r, now)) {
          cluster.takeBack(r, now);
          found = true;
        }
      }
    }
  }

  private boolean isOfUse(Traffic.Running r, double now) {
    FileId file = r.order().file();
    HostRecord from = cluster.hosts.get(r.order().from());
    FileVersion version = cluster.publications.find(file);
    if (version == null || from == null || !cluster.maySend(from) || version.isWithdrawn()) {
      return false;
    }
    Set<String> way = cluster.network.way(from.id(), r.to());
    if (way == null || !cluster.isInService(way)) {
      return false;
    }
    Host to = cluster.network.hosts().get(r.to());
    if (to != null && !to.relay() && !cluster.fileSets.wants(r.to(), file, cluster.publications)) {
      return false;
    }
    return cluster.has(from, version, r.blocks().minus(cluster.host(r.to()).held(file)), now);
  }

  /** A solver has answered. */
  void planMade(PlanAnswer answer, double now) {
    PlanRequest request = answer.request();
    solving = null;
    wasDropped = request.isOptional() ? dropped : wasDropped;
    if (answer.isCached()) {
      cacheHits++;
    } else {
      cacheMisses++;
    }
    if (request.ahead()) {
      aheadOf = dropped ? Double.NaN : aheadOf;
      return;
    }
    InTheWay without = inTheWay;
    inTheWay = null;
    if (dropped) {
      cluster.replan();
    } else if (without != null) {
      replaceRunning(answer, without, now);
    } else if (answer.solution() instanceof Solution.Planned p) {
      planned(answer, p, now);
    } else if (answer.solution() instanceof Solution.Infeasible i) {
      complain(i.message());
      infeasible.addAll(demandsLike(i, request));
      again = true;
    } else if (answer.solution() instanceof Solution.Unsupported u) {
      complain(u.reason());
    } else if (answer.solution() instanceof Solution.GaveUp g) {
      complain(g.reason());
    } else if (answer.solution() instanceof Solution.Defective d) {
      complain(d.reason());
    }
  }

  private void planned(PlanAnswer answer, Solution.Planned p, double now) {
    bottlenecks = p.bound().bottlenecks();
    putInForce(answer, p, now);
    if (answer.request().kept() == null) {
      planWithout(inTheWay(answer.lastEnd(), answer, false, now));
    }
  }

  /** Has the next full run plan as if these copies did not run. */
  private void planWithout(@Nullable InTheWay found) {
    inTheWay = found;
    again |= found != null;
  }

  /** Puts a schedule in force that was made as if no copy ran, where it is that much shorter. */
  private void replaceRunning(PlanAnswer answer, InTheWay without, double now) {
    if (answer.solution() instanceof Solution.Planned p
        && isWorthIt(answer.request(), p.schedule(), without)) {
      for (long id : Dependents.with(answer.request().ending(), cluster, now)) {
        Traffic.Running copy = cluster.traffic.running(id);
        if (copy != null) {
          cluster.retire(copy, now);
        }
      }
      planned(answer, p, now);
    } else {
      planWithout(othersInTheWay(answer, without, now));
      if (inTheWay == null) {
        stragglers.leave(now);
      }
      if (changedMeanwhile || (inTheWay == null && without.isNews())) {
        cluster.replan();
      }
    }
  }

  /** All running copies, where ending some is not worth it because of those that go on. */
  private @Nullable InTheWay othersInTheWay(PlanAnswer answer, InTheWay without, double now) {
    boolean othersGoOn =
        !without.areAll()
            && answer.solution() instanceof Solution.Planned
            && !answer.request().problem().inProgress().isEmpty();
    return othersGoOn ? inTheWay(without.makespan(), answer, without.isNews(), now) : null;
  }

  /** Copies that hand over to each other take longer than a schedule says. */
  private static boolean isWorthIt(PlanRequest request, Schedule schedule, InTheWay without) {
    double longer = schedule.makespan() + handOvers(request, schedule);
    return longer < without.makespan() / (1 + WORTH_SHARE) - WORTH_SECONDS;
  }

  /** What a schedule's copies wait for each other, in seconds: of those side by side, a part. */
  private static double handOvers(PlanRequest request, Schedule schedule) {
    double rates = 0;
    double bytes = 0;
    for (Copy c : schedule.copies()) {
      rates += c.rate();
      bytes += c.rate() * (c.end(request.layout(c)) - c.start());
    }
    double oneAfterTheOther = bytes == 0 ? 0 : rates * schedule.makespan() / bytes;
    return SolveLimits.HAND_OVER_SECONDS * oneAfterTheOther;
  }

  /**
   * The running copies, where the schedule with them is much longer than it would have to be.
   *
   * @param lastEnd of what is planned, in seconds
   */
  private @Nullable InTheWay inTheWay(
      double lastEnd, PlanAnswer answer, boolean isNews, double now) {
    double enough = answer.leastAnew() * (1 + WORTH_SHARE) + WORTH_SECONDS;
    Collection<Traffic.Running> running = cluster.traffic.running();
    double with = Math.max(lastEnd, new Pace(cluster, now).longestAtShare(running));
    if (running.isEmpty() || with <= enough) {
      return null;
    }
    Set<Long> copies = running.stream().map(r -> r.order().id()).collect(toUnmodifiableSet());
    return new InTheWay(copies, with, true, isNews);
  }

  private void complain(String line) {
    if (!line.equals(problem)) {
      cluster.note("no schedule: " + line);
    }
    problem = line;
  }

  private List<FileSets.Wanted> demandsLike(Solution.Infeasible i, PlanRequest request) {
    FileId file = request.files().get(i.file());
    return cluster.fileSets.of(i.host(), cluster.publications).stream()
        .filter(w -> w.version().id().equals(file))
        .toList();
  }

  private void putInForce(PlanAnswer answer, Solution.Planned p, double now) {
    PlanRequest request = answer.request();
    stragglers.watch();
    if (!p.schedule().copies().isEmpty()) {
      // One that only waits for what runs says nothing of when that should be done.
      overdueAt = now + p.schedule().makespan();
    }
    cluster.traffic.plan(answer.waiting(cluster.network));
    for (FileId file : request.files().values()) {
      cluster.distributions.note(file, r -> r.planned(request.askedAt(), now));
    }
    answer
        .completions()
        .forEach(
            (name, seconds) -> {
              FileVersion version =
                  cluster.version(Objects.requireNonNull(request.files().get(name), name));
              if (covers(request, name, version)) {
                cluster.distributions.planned(request, name, version, seconds);
              }
            });
  }

  /** Whether a problem has all blocks of a version, and it is known how many there are. */
  private static boolean covers(PlanRequest request, String name, FileVersion version) {
    boolean known = version.isWhole() || version.promised() != null;
    return known
        && Objects.requireNonNull(request.problem().files().get(name))
            .layout()
            .equals(version.layout(true));
  }

  /** How many runs have been made. */
  long plans() {
    return plans;
  }

  /** How many runs were answered without solving. */
  long cacheHits() {
    return cacheHits;
  }

  long cacheMisses() {
    return cacheMisses;
  }

  /** Why the last run gave no schedule, or none for everybody; null where it did. */
  @Nullable String problem() {
    return problem;
  }

  /** The resources that bind the schedule in force. */
  List<Bottleneck> bottlenecks() {
    return bottlenecks;
  }
}
