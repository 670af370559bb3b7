package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.protocol.Explanation;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.master.Reply.Accepted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The master's core: applies one event after the other to its state and says what is to be done
 * about it.
 *
 * <p>Hosts report what they hold; what they are to hold is in the file sets; whenever that
 * difference, or what could close it, changes, a problem is made of it and a solver asked. The
 * schedule that comes back is kept, and each host's orders are selected from it as bandwidth
 * becomes free (claims 1 to 5, 8, 28). Used by one thread; no clock, no I/O.
 */
public final class MasterState {
  private static final int CHECKSUMS_PER_PAGE = 16_384;

  /** Leases and the like are looked at so often. */
  private static final double EXPIRY_SECONDS = 0.2;

  /** What nobody has said in so many words, time included, is noticed so often. */
  private static final double TOUCH_SECONDS = 1;

  private final Cluster cluster;
  private final OrderBook orders;
  private final HostReports reports;
  private final Publishing publishing;
  private final PlanningCycle planning;
  private final Capacities capacities;
  private final Verdicts verdicts;
  private double expiredAt = Double.NEGATIVE_INFINITY;
  private double touchedAt = Double.NEGATIVE_INFINITY;

  /**
   * @param term of this master: higher than that of any before it on the same catalogue
   * @param stored the durable state, as {@code Catalogue.load} gives it
   * @param now seconds since the epoch
   */
  public MasterState(Fleet fleet, MasterConfig config, int term, List<Change> stored, double now) {
    cluster = new Cluster(fleet, config, term, now);
    capacities = new Capacities(cluster, now);
    orders = new OrderBook(cluster, capacities);
    verdicts = new Verdicts(cluster);
    reports = new HostReports(cluster, orders, new Sweep(cluster, config.grace()), verdicts);
    publishing = new Publishing(cluster, new Signing(config.manifests()));
    planning = new PlanningCycle(cluster, config, now);
    stored.forEach(c -> publishing.restore(c, now));
    cluster.publications.all().forEach(v -> cluster.startClock(v, now));
  }

  /**
   * Applies an event.
   *
   * @param now seconds since the epoch, not less than at the event before
   */
  @SuppressWarnings("unchecked") // each event is answered with what its type says
  public <R> Step<R> apply(MasterEvent<R> event, double now) {
    Supplier<? extends Reply<?>> reply = dispatch(event, now);
    capacities.run(now);
    if (now - expiredAt >= EXPIRY_SECONDS) {
      expiredAt = now;
      verdicts.expire(now);
    }
    if (now - touchedAt >= TOUCH_SECONDS) {
      touchedAt = now;
      cluster.traffic.touchAll();
      capacities.measure(now);
    }
    orders.release(now);
    planning.run(now);
    cluster.informOverdue(now);
    Reply<R> answer = (Reply<R>) reply.get();
    return new Step<>(answer, cluster.takeEffects());
  }

  /**
   * What an event leads to.
   *
   * @param effects to be carried out in order, before the reply is given
   */
  public record Step<R>(Reply<R> reply, List<MasterEffect> effects) {}

  /**
   * Applies an event; what it gives is asked for its answer once all that follows from the event is
   * done.
   */
  private Supplier<? extends Reply<?>> dispatch(MasterEvent<?> event, double now) {
    if (event instanceof MasterEvent.Reported e) {
      return reports.reported(e.report(), now);
    }
    if (event instanceof MasterEvent.PublicationOpened e) {
      Reply<?> reply = publishing.opened(e.request(), now);
      return () -> reply;
    }
    if (event instanceof MasterEvent.BlocksAnnounced e) {
      Reply<?> reply = publishing.announced(e.blocks(), now);
      return () -> reply;
    }
    if (event instanceof MasterEvent.FinalRequested e) {
      Reply<?> reply = publishing.finalRequested(e.name());
      return () -> reply;
    }
    if (event instanceof MasterEvent.DemandPut e) {
      Reply<?> reply = publishing.demanded(e.demand(), now);
      return () -> reply;
    }
    if (event instanceof MasterEvent.WithdrawAsked e) {
      Reply<?> reply = publishing.withdraw(e.request(), now);
      return () -> reply;
    }
    if (event instanceof MasterEvent.PlanMade e) {
      planning.planMade(e.answer(), now);
    }
    if (event instanceof MasterEvent.NetworkChanged e) {
      capacities.fleet(e.fleet(), now);
    }
    return () -> new Accepted<>(Reply.Done.DONE);
  }

  /** A host's orders where they are newer than those that it has seen. */
  public Reply<Optional<Orders>> orders(String host, long seenRevision) {
    HostRecord h = cluster.hosts.get(host);
    return h == null
        ? new Reply.Declined<>(Reply.Why.UNKNOWN, "the master knows no host '" + host + "'")
        : new Accepted<>(orders.since(h, seenRevision));
  }

  /**
   * Checksums of a version from a block on, not all at once; null where there is no such version.
   */
  public @Nullable ManifestPage manifest(FileId file, int from) {
    FileVersion version = cluster.publications.find(file);
    return version == null ? null : version.page(from, CHECKSUMS_PER_PAGE);
  }

  /** The newest version of a file; null where nobody has published any. */
  public @Nullable Publication newest(String name) {
    FileVersion version = cluster.publications.newest(name);
    return version == null ? null : publishing.publication(version);
  }

  /** A version of a file; null where nobody has published it. */
  public @Nullable Publication publication(FileId file) {
    FileVersion version = cluster.publications.find(file);
    return version == null ? null : publishing.publication(version);
  }

  /**
   * Who has what, and how long it takes.
   *
   * @param name of a file; null: all of them
   */
  public Status status(@Nullable String name, double now) {
    StatusReport report = new StatusReport(cluster, now);
    List<Status.Binding> binding =
        planning.bottlenecks().stream()
            .map(b -> new Status.Binding(b.resource(), b.secondsPerUnit()))
            .toList();
    return new Status(
        report.files(name),
        report.hosts(name),
        binding,
        report.failed(),
        report.suspects(),
        report.slow(),
        List.of(),
        new Status.Planning(
            planning.plans(),
            planning.cacheHits(),
            planning.cacheMisses(),
            cluster.traffic.running().size(),
            cluster.traffic.waitingCount(),
            planning.problem()));
  }

  /**
   * Why a host is where it is with a file; null where there is no such host or file.
   *
   * @param version null: the one that the host is to have, or the newest
   */
  public @Nullable Explanation explain(
      String host, String name, @Nullable Long version, double now) {
    HostRecord h = cluster.hosts.get(host);
    FileVersion v;
    if (version != null) {
      v = cluster.publications.find(new FileId(name, version));
    } else {
      FileSets.Wanted wanted = cluster.fileSets.wanted(host, name, cluster.publications);
      v = wanted == null ? cluster.publications.newestServed(name) : wanted.version();
    }
    return h == null || v == null ? null : new Explaining(cluster, planning, now).of(h, v);
  }

  /**
   * What a demand asks of the network alone, as far as it can be told: what is to be proven
   * impossible before it is refused. Null where there is no deadline, or the file is not known.
   */
  public @Nullable Problem admission(PutDemand demand, double now) {
    return demand.deadlineSeconds() == null || demand.bestEffort()
        ? null
        : publishing.admission(demand, now);
  }

  /** What is left to do, as a problem: what the next planning run would be given. */
  public PlanRequest open(double now) {
    return ProblemBuilder.open(cluster, now, planning.plans() + 1, Set.of());
  }

  /**
   * A problem with changes.
   *
   * @throws IllegalArgumentException where they name what is not there
   */
  public static Problem changed(Problem problem, WhatIf changes) {
    return Changed.of(problem, changes);
  }

  /**
   * The state as a problem: what a planning run at this moment would be given, with the demands
   * that are met.
   */
  public PlanRequest snapshot(double now) {
    return ProblemBuilder.everything(cluster, now, planning.plans());
  }

  /**
   * How the distribution of a version goes beside its plan; null where there is none.
   *
   * @param version null: the newest one
   */
  public @Nullable Trace trace(String name, @Nullable Long version, double now) {
    FileVersion v =
        version == null
            ? cluster.publications.newest(name)
            : cluster.publications.find(new FileId(name, version));
    Distributions.Distribution d = v == null ? null : cluster.distributions.find(v.id());
    return v == null || d == null ? null : d.recording().trace(v, d, now);
  }

  /** The books on bandwidth: what is allocated on a resource, in bytes per second. */
  double allocated(String resource) {
    return cluster.traffic.ledger().allocated(resource);
  }
}
