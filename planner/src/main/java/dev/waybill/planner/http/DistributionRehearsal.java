package dev.waybill.planner.http;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.json.Messages;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyPace;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.catalogue.Candidacy;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.master.MasterEffect;
import dev.waybill.planner.master.MasterEvent;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.master.PlanAnswer;
import dev.waybill.planner.master.PlanRequest;
import dev.waybill.planner.master.Reply;
import dev.waybill.planner.solve.Solution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the master does once for nothing at its start: a file is published to hosts that take every
 * order for done, on a core and a catalogue of its own, with every message written and read. A JVM
 * that has never done so takes half a second of processor time for the first announcements, reports
 * and orders, just when the publisher and every host need it.
 */
final class DistributionRehearsal {
  private static final BlockLayout LAYOUT = new BlockLayout(64L << 20, 1 << 18);
  private static final int ANNOUNCED_AT_ONCE = 16;
  private static final double STEP_SECONDS = 0.05;

  /** More steps than a distribution takes whose orders are all done at once. */
  private static final int MAX_STEPS = 1000;

  private final Catalogue catalogue;
  private final int epoch;
  private final Function<Problem, Solution> solver;
  private final Deque<PlanRequest> asked = new ArrayDeque<>();
  private final MasterState master;
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private double now = 1;

  private DistributionRehearsal(
      Fleet fleet, Catalogue catalogue, int epoch, Function<Problem, Solution> solver) {
    this.catalogue = catalogue;
    this.epoch = epoch;
    this.solver = solver;
    MasterConfig config = MasterConfig.standard().withManifests(ManifestPolicy.OPEN);
    master = new MasterState(fleet, config, epoch, List.of(), now);
    fleet.network().hosts().keySet().forEach(id -> hosts.add(new SimulatedHost(id)));
  }

  /**
   * Rehearses again and again.
   *
   * @param scratch an empty folder for the catalogue
   * @param solver of the problems that come up
   * @param enough when to end
   */
  static void run(
      Fleet fleet, Path scratch, Function<Problem, Solution> solver, BooleanSupplier enough)
      throws IOException {
    try (Catalogue catalogue = DatabaseCatalogue.open(scratch)) {
      if (catalogue.lead("rehearsal", null, Duration.ofMinutes(1))
          instanceof Candidacy.Leads leads) {
        for (int i = 1; !enough.getAsBoolean(); i++) {
          new DistributionRehearsal(fleet, catalogue, leads.epoch(), solver)
              .distribute("rehearsal-" + i, enough);
        }
      }
    }
  }

  private void distribute(String name, BooleanSupplier enough) throws IOException {
    for (SimulatedHost host : hosts) {
      host.talk();
    }
    send(
        new MasterEvent.DemandPut(
            Messages.throughJson(new PutDemand(name, null, List.of(), 1, null))));
    OpenPublication opening =
        new OpenPublication(
            name, null, LAYOUT.blockSize(), LAYOUT.size(), List.of(hosts.get(0).id));
    Publication opened =
        send(new MasterEvent.PublicationOpened(Messages.throughJson(opening))).orElseThrow();
    FileId file = opened.file();
    int known = 0;
    for (int i = 0; i < MAX_STEPS && !enough.getAsBoolean() && !isEverywhere(); i++) {
      now += STEP_SECONDS;
      if (known < LAYOUT.blockCount()) {
        known = announce(file, known);
        hosts.get(0).holds(file, BlockSet.prefix(known));
      }
      send(new MasterEvent.Ticked());
      while (!asked.isEmpty()) {
        PlanRequest request = asked.remove();
        Solution solution = solver.apply(request.problem());
        send(new MasterEvent.PlanMade(new PlanAnswer(request, solution, false)));
      }
      for (SimulatedHost host : hosts) {
        host.talk();
      }
    }
  }

  private int announce(FileId file, int from) throws IOException {
    int count = Math.min(ANNOUNCED_AT_ONCE, LAYOUT.blockCount() - from);
    int known = from + count;
    Checksum checksum = Checksum.of(ByteBuffer.allocate(8).putInt(from).flip());
    AnnounceBlocks blocks =
        new AnnounceBlocks(
            file,
            from,
            Collections.nCopies(count, checksum),
            known == LAYOUT.blockCount() ? LAYOUT.size() : null);
    send(new MasterEvent.BlocksAnnounced(Messages.throughJson(blocks))).ifPresent(Messages::write);
    return known;
  }

  private boolean isEverywhere() {
    return hosts.stream().allMatch(h -> h.held.count() == LAYOUT.blockCount());
  }

  private <R> Optional<R> send(MasterEvent<R> event) throws IOException {
    MasterState.Step<R> step = master.apply(event, now);
    List<Change> changes = new ArrayList<>();
    for (MasterEffect effect : step.effects()) {
      if (effect instanceof MasterEffect.Persist p) {
        changes.add(p.change());
      } else if (effect instanceof MasterEffect.Solve s) {
        asked.add(s.request());
      }
    }
    if (!changes.isEmpty()) {
      catalogue.apply(epoch, changes);
    }
    if (step.reply() instanceof Reply.Accepted<R> accepted) {
      return Optional.of(accepted.value());
    }
    return Optional.empty();
  }

  /** A host to which blocks come as soon as they are ordered. */
  private final class SimulatedHost {
    private final String id;
    private FileId file = new FileId("none", 1);
    private BlockSet held = BlockSet.EMPTY;
    private final List<CopyOutcome> outcomes = new ArrayList<>();
    private long sequence;
    private long seen;

    SimulatedHost(String id) {
      this.id = id;
    }

    void holds(FileId of, BlockSet blocks) {
      file = of;
      held = held.union(blocks);
    }

    void talk() throws IOException {
      FileState state =
          new FileState(
              file,
              held,
              LAYOUT.offset(held.prefixCount()),
              LAYOUT.blockCount() - held.count(),
              held.count() == LAYOUT.blockCount());
      Report report =
          new Report(
              id,
              "rehearsal",
              "127.0.0.1:9",
              ++sequence,
              seen,
              sequence == 1,
              held.equals(BlockSet.EMPTY) ? List.of() : List.of(state),
              List.of(),
              outcomes,
              List.of());
      outcomes.clear();
      Optional<Orders> orders =
          send(new MasterEvent.Reported(Messages.throughJson(report))).flatMap(o -> o);
      orders.ifPresent(this::obey);
    }

    private void obey(Orders orders) {
      byte[] unused = Messages.write(orders);
      seen = orders.revision();
      for (CopyOrder order : orders.copies()) {
        holds(order.file(), BlockSet.of(order.first(), order.last()));
        outcomes.add(new CopyOutcome.Succeeded(order.id(), new CopyPace(0, 0, 0)));
      }
    }
  }
}
