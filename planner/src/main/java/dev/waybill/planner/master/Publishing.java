package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.network.Host;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.protocol.Withdrawn;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.Identifier;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.master.Reply.Accepted;
import dev.waybill.planner.master.Reply.Declined;
import dev.waybill.planner.master.Reply.Why;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the master makes of publishers and of those who put files into file sets (claims 9, 20 to
 * 23, 29): versions, blocks and demands, each durable before it is acknowledged.
 */
final class Publishing {
  private static final long MAX_BLOCK_SIZE = 1L << 30;

  private final Cluster cluster;
  private final Signing signing;

  Publishing(Cluster cluster, Signing signing) {
    this.cluster = cluster;
    this.signing = signing;
  }

  /** A publisher begins or goes on with a version. */
  Reply<Publication> opened(OpenPublication request, double now) {
    String objection = objection(request);
    if (objection != null) {
      return new Declined<>(Why.MALFORMED, objection);
    }
    for (String origin : request.origins()) {
      if (!cluster.hosts.containsKey(origin)) {
        return new Declined<>(Why.MALFORMED, "the master knows no host '" + origin + "'");
      }
    }
    FileVersion newest = cluster.publications.newest(request.name());
    long number =
        request.version() != null
            ? request.version()
            : newest == null ? 1 : newest.id().version() + 1;
    if (newest != null && number < newest.id().version()) {
      return new Declined<>(
          Why.CONFLICT,
          "version %d of %s is older than %d, which is the newest"
              .formatted(number, request.name(), newest.id().version()));
    }
    FileVersion version = cluster.publications.find(new FileId(request.name(), number));
    if (version != null && version.isWithdrawn()) {
      return new Declined<>(Why.CONFLICT, version.id() + " has been withdrawn");
    }
    String unsigned = signing.objection(request, version, now);
    if (unsigned != null) {
      return new Declined<>(Why.FORBIDDEN, unsigned);
    }
    if (version == null) {
      version =
          new FileVersion(
              new FileId(request.name(), number), request.blockSize(), request.expectedSize(), now);
      cluster.publications.add(version);
      cluster.persist(
          new Change.FileOpened(version.id(), request.blockSize(), request.expectedSize()));
      cluster.note("publishing " + version.id());
    }
    cluster.heardOf(version, now);
    version.started();
    addOrigins(version, request.origins());
    concern(version, false, now);
    cluster.startClock(version, now);
    Double prepared = request.preparedSeconds();
    if (prepared != null) {
      cluster.distributions.note(version.id(), r -> r.prepared(prepared));
    }
    cluster.mend();
    return new Accepted<>(publication(version));
  }

  private void addOrigins(FileVersion version, List<String> asked) {
    boolean choose = asked.isEmpty() && version.origins().isEmpty();
    List<String> added = new ArrayList<>(choose ? List.of(bestOrigin()) : asked);
    added.removeAll(version.origins());
    if (!added.isEmpty()) {
      version.addOrigins(added);
      cluster.persist(new Change.OriginsAdded(version.id(), added));
    }
  }

  private static @Nullable String objection(OpenPublication request) {
    try {
      Identifier.requireFile("a file's name", request.name());
      new FileId(request.name(), request.version() == null ? 1 : request.version());
      if (request.blockSize() > MAX_BLOCK_SIZE) {
        return "blocks of " + request.blockSize() + " bytes are larger than 1 GiB";
      }
      Long size = request.expectedSize();
      new BlockLayout(size == null ? 0 : size, request.blockSize());
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** Where new blocks do most good: a host that is up, with the widest way out. */
  private String bestOrigin() {
    return cluster.hosts.values().stream()
        .max(
            Comparator.comparing(HostRecord::isUp)
                .thenComparing(h -> width(cluster.network.hosts().get(h.id()))))
        .map(HostRecord::id)
        .orElseThrow(() -> new IllegalStateException("a network without hosts"));
  }

  private double width(@Nullable Host host) {
    return host == null
        ? 0
        : host.egress().stream()
            .mapToDouble(cluster.traffic.ledger()::capacity)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
  }

  /** A publisher has made blocks. */
  Reply<Publication> announced(AnnounceBlocks blocks, double now) {
    FileVersion version = cluster.publications.find(blocks.file());
    if (version == null) {
      return new Declined<>(Why.UNKNOWN, blocks.file() + " has not been opened");
    }
    String objection =
        version.isWithdrawn()
            ? version.id() + " has been withdrawn"
            : version.objection(blocks.from(), blocks.checksums(), blocks.finalSize());
    if (objection != null) {
      return new Declined<>(Why.CONFLICT, objection);
    }
    String unsigned = signing.objection(blocks, version, now);
    if (unsigned != null) {
      return new Declined<>(Why.FORBIDDEN, unsigned);
    }
    cluster.heardOf(version, now);
    int known = version.knownBlocks();
    boolean wasWhole = version.isWhole();
    boolean news = version.announce(blocks.from(), blocks.checksums(), blocks.finalSize());
    ManifestSignature signature = signing.news(blocks, version);
    if (signature != null) {
      version.sign(signature);
      cluster.persist(new Change.ManifestSigned(version.id(), signature));
    }
    if (news) {
      if (version.knownBlocks() > known) {
        List<Checksum> added =
            List.copyOf(version.checksums().subList(known, version.knownBlocks()));
        cluster.persist(new Change.BlocksAdded(version.id(), known, added));
        version.made(now);
      }
      Long size = version.size();
      if (size != null && !wasWhole) {
        cluster.persist(new Change.FileEnded(version.id(), size));
      }
      concern(version, size != null && !wasWhole, now);
      cluster.stopClock(version, now);
      if (size != null && !wasWhole) {
        endBeyond(version, now);
      }
      if (version.hasDrifted()) {
        cluster.replan();
      } else if (version.promised() == null) {
        cluster.mend();
      }
    }
    return new Accepted<>(publication(version));
  }

  /** Copies of more than there is come to an end: a file is shorter than it was to be. */
  private void endBeyond(FileVersion version, double now) {
    BlockLayout promised = version.promised();
    if (promised == null || promised.equals(version.layout(true))) {
      return;
    }
    for (Traffic.Running r : List.copyOf(cluster.traffic.running())) {
      if (r.order().file().equals(version.id()) && r.order().last() >= version.knownBlocks()) {
        cluster.retire(r, now);
      }
    }
    cluster.replan();
  }

  /** Somebody says that the newest version does not grow any more. */
  Reply<Publication> finalRequested(String name) {
    FileVersion version = cluster.publications.newestServed(name);
    if (version == null) {
      return new Declined<>(Why.UNKNOWN, "nobody has published " + name);
    }
    if (!version.finalRequested()) {
      version.requestFinal();
      cluster.persist(new Change.FinalRequested(version.id()));
    }
    return new Accepted<>(publication(version));
  }

  /** A file is put into file sets. */
  Reply<DemandAccepted> demanded(PutDemand demand, double now) {
    try {
      Identifier.requireFile("a file's name", demand.name());
    } catch (IllegalArgumentException e) {
      return new Declined<>(Why.MALFORMED, String.valueOf(e.getMessage()));
    }
    boolean weighty = demand.weight() > 0 && Double.isFinite(demand.weight());
    Double after = demand.deadlineSeconds();
    if (!weighty || (after != null && !(after >= 0 && Double.isFinite(after)))) {
      return new Declined<>(
          Why.MALFORMED, "weight " + demand.weight() + ", deadline " + after + " seconds");
    }
    Double begins = demand.fromEpochSeconds();
    if (begins != null && !(begins >= 0 && Double.isFinite(begins))) {
      return new Declined<>(Why.MALFORMED, "from " + begins + " seconds");
    }
    List<String> who =
        demand.hosts().isEmpty() ? List.of(Change.EVERYBODY) : List.copyOf(demand.hosts());
    Set<String> hosts = new LinkedHashSet<>();
    for (String target : who) {
      List<String> of = hostsOf(target);
      if (of == null) {
        return new Declined<>(Why.MALFORMED, "the master knows no host '" + target + "'");
      }
      hosts.addAll(of);
    }
    Change.DemandPut change =
        new Change.DemandPut(
            demand.name(),
            demand.version(),
            who,
            demand.weight(),
            after == null ? null : (begins == null ? now : Math.max(now, begins)) + after,
            begins);
    restore(change, now);
    cluster.persist(change);
    cluster.publications.of(demand.name()).forEach(v -> cluster.startClock(v, now));
    hosts.forEach(h -> cluster.revise(cluster.host(h)));
    cluster.mend();
    return new Accepted<>(new DemandAccepted(demand.name(), hosts.size()));
  }

  /** What a demand asks of the network alone; null where that can't be told yet. */
  @Nullable Problem admission(PutDemand demand, double now) {
    FileVersion version =
        demand.version() == null
            ? cluster.publications.newestServed(demand.name())
            : cluster.publications.find(new FileId(demand.name(), demand.version()));
    Set<String> hosts = new LinkedHashSet<>();
    List<String> who = demand.hosts().isEmpty() ? List.of(Change.EVERYBODY) : demand.hosts();
    for (String target : who) {
      List<String> of = hostsOf(target);
      hosts.addAll(of == null ? List.of() : of);
    }
    if (version == null || version.isWithdrawn()) {
      return null;
    }
    Double begins = demand.fromEpochSeconds();
    double at = begins == null ? now : Math.max(now, begins);
    return ProblemBuilder.alone(cluster, now, at, version, hosts);
  }

  /** The hosts of a host's or group's name, or of everybody; null where there is no such name. */
  private @Nullable List<String> hostsOf(String target) {
    if (target.equals(Change.EVERYBODY)) {
      return List.copyOf(cluster.hosts.keySet());
    }
    return cluster.hosts.containsKey(target) ? List.of(target) : cluster.fleet.groups().get(target);
  }

  /** A file is taken back, or out of some file sets. */
  Reply<Withdrawn> withdraw(Withdraw request, double now) {
    List<FileVersion> versions = cluster.publications.of(request.name());
    boolean altogether = request.hosts().isEmpty();
    List<FileVersion> taken = new ArrayList<>();
    for (FileVersion v : versions) {
      boolean meant = request.version() == null || request.version() == v.id().version();
      if (altogether && meant && !v.isWithdrawn()) {
        taken.add(v);
      }
    }
    List<String> who = altogether ? List.of(Change.EVERYBODY) : List.copyOf(request.hosts());
    int hosts = 0;
    for (String target : who) {
      List<String> of = hostsOf(target);
      if (of == null) {
        return new Declined<>(Why.MALFORMED, "the master knows no host '" + target + "'");
      }
      hosts += (int) of.stream().filter(h -> cluster.fileSets.contains(h, request.name())).count();
    }
    boolean dropped = hosts > 0 && (!altogether || request.version() == null);
    if (taken.isEmpty() && !dropped) {
      return new Declined<>(
          Why.UNKNOWN, "nobody has published or demanded " + request.name() + " there");
    }
    List<Change> changes = new ArrayList<>();
    if (dropped) {
      changes.add(new Change.DemandDropped(request.name(), who));
    }
    taken.forEach(v -> changes.add(new Change.Withdrawn(v.id())));
    for (Change c : changes) {
      restore(c, now);
      cluster.persist(c);
    }
    taken.forEach(v -> cluster.note(v.id() + " has been withdrawn"));
    cluster.hosts.values().forEach(cluster::revise);
    cluster.replan();
    return new Accepted<>(new Withdrawn(request.name(), taken.size(), dropped ? hosts : 0));
  }

  /** Applies a change that is durable, or is about to be, to what is in memory. */
  void restore(Change change, double now) {
    if (change instanceof Change.FileOpened c) {
      cluster.publications.add(
          new FileVersion(
              c.file(), c.blockSize(), c.expectedSize(), now - FileVersion.PUBLISHER_LEASE));
    } else if (change instanceof Change.OriginsAdded c) {
      cluster.version(c.file()).addOrigins(c.hosts());
    } else if (change instanceof Change.BlocksAdded c) {
      cluster.version(c.file()).announce(c.from(), c.checksums(), null);
    } else if (change instanceof Change.FileEnded c) {
      cluster
          .version(c.file())
          .announce(cluster.version(c.file()).knownBlocks(), List.of(), c.size());
    } else if (change instanceof Change.ManifestSigned c) {
      cluster.version(c.file()).sign(c.signature());
    } else if (change instanceof Change.FinalRequested c) {
      cluster.version(c.file()).requestFinal();
    } else if (change instanceof Change.DemandPut c) {
      cluster.fileSets.put(c);
    } else if (change instanceof Change.DemandDropped c) {
      cluster.fileSets.drop(c);
    } else if (change instanceof Change.Withdrawn c) {
      cluster.version(c.file()).withdraw();
    }
  }

  /** A version, as publishers are told of it. */
  Publication publication(FileVersion version) {
    List<Publication.Origin> origins = new ArrayList<>();
    for (String host : version.origins()) {
      HostRecord h = cluster.hosts.get(host);
      if (h != null) {
        origins.add(
            new Publication.Origin(host, h.isUp() ? h.address() : null, h.held(version.id())));
      }
    }
    return new Publication(
        version.id(),
        version.blockSize(),
        version.knownBlocks(),
        version.size(),
        version.finalRequested(),
        origins);
  }

  /**
   * The hosts that a version concerns hear of its news: at once those that get its blocks next.
   *
   * @param ended whether it has come to its end, for which all may be waiting
   */
  private void concern(FileVersion version, boolean ended, double now) {
    for (HostRecord h : cluster.hosts.values()) {
      if (cluster.told(h.id(), version) == null) {
        continue;
      }
      if (ended || version.origins().contains(h.id())) {
        cluster.revise(h);
      } else {
        cluster.inform(h, now);
      }
    }
  }
}
