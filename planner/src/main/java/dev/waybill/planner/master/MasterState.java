package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Trace;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.master.Reply.Accepted;
import java.util.List;
import java.util.Optional;
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

  private final Cluster cluster;
  private final OrderBook orders;
  private final HostReports reports;
  private final Publishing publishing;
  private final PlanningCycle planning;

  /**
   * @param term of this master: higher than that of any before it on the same catalogue
   * @param stored the durable state, as {@code Catalogue.load} gives it
   * @param now seconds since the epoch
   */
  public MasterState(
      Network network, MasterConfig config, int term, List<Change> stored, double now) {
    cluster = new Cluster(network, term);
    orders = new OrderBook(cluster);
    reports = new HostReports(cluster, orders, config.lease());
    publishing = new Publishing(cluster);
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
    reports.expire(now);
    orders.release(now);
    planning.run(now);
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
    if (event instanceof MasterEvent.PlanMade e) {
      planning.planMade(e.request(), e.solution(), now);
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
        List.of(),
        new Status.Planning(
            planning.plans(),
            cluster.traffic.running().size(),
            cluster.traffic.waitingCount(),
            planning.problem()));
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
