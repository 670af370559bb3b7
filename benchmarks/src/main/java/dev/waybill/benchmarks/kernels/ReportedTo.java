package dev.waybill.benchmarks.kernels;

import dev.waybill.benchmarks.load.SimulatedHost;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.instance.Pattern;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.master.MasterEffect;
import dev.waybill.planner.master.MasterEvent;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.master.PlanAnswer;
import dev.waybill.planner.master.PlanRequest;
import dev.waybill.planner.master.Reply;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.SolveMonitor;
import dev.waybill.planner.solve.greedy.GreedySolver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master's core of the kernels' benchmarks, to which simulated hosts report in turn, once a
 * second of a virtual clock: all but one lack a file, and its schedule is in force. Planned once;
 * when the schedule's time is over, the same distribution begins anew. A solver that is asked for
 * another schedule is still at it then.
 */
final class ReportedTo {
  private static final int HOSTS_AT_A_SITE = 100;
  private static final int BLOCKS = 512;
  private static final long BLOCK_BYTES = 1 << 20;
  private static final int PIECE = 8;
  private static final BlockLayout LAYOUT = new BlockLayout(BLOCKS * BLOCK_BYTES, BLOCK_BYTES);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final FileId FILE = new FileId("f", 1);
  private static final double REPORT_EVERY = 1;

  private final Fleet fleet;
  private final int hostCount;
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private MasterState master;
  private double now;
  private double end;
  private int turn;
  private Optional<Orders> orders = Optional.empty();
  private @Nullable Report report;
  private @Nullable PlanRequest asked;
  private Solution.@Nullable Planned plan;

  ReportedTo(int hostCount) {
    this.hostCount = hostCount;
    int sites = Math.max(1, hostCount / HOSTS_AT_A_SITE);
    fleet = Fleet.of(Pattern.UPLOAD_TIGHT.network(hostCount, sites, 1));
    begin();
  }

  private void begin() {
    now = 0;
    turn = 0;
    report = null;
    asked = null;
    master = new MasterState(fleet, MasterConfig.standard(), 1, List.of(), now);
    long size = BLOCKS * BLOCK_BYTES;
    apply(
        new MasterEvent.PublicationOpened(
            new OpenPublication(FILE.name(), FILE.version(), BLOCK_BYTES, size, List.of(id(0)))));
    apply(new MasterEvent.BlocksAnnounced(new AnnounceBlocks(FILE, 0, checksums(), size)));
    apply(new MasterEvent.DemandPut(new PutDemand(FILE.name(), null, List.of(), 1, null)));
    hosts.clear();
    for (int h = 0; h < hostCount; h++) {
      SimulatedHost host = new SimulatedHost(id(h), List.of(FILE), BLOCKS, BLOCK_BYTES, h == 0);
      hosts.add(host);
      host.answered(apply(new MasterEvent.Reported(host.report(true, now))), now);
    }
    if (asked == null) {
      throw new IllegalStateException("all hosts have reported, and no solver is asked");
    }
    if (plan == null) {
      plan = solve(asked);
    }
    end = plan.schedule().makespan();
    apply(new MasterEvent.PlanMade(new PlanAnswer(asked, plan, false)));
  }

  private static String id(int host) {
    return "h" + host;
  }

  private static List<Checksum> checksums() {
    List<Checksum> sums = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      sums.add(Checksum.of(ByteBuffer.allocate(4).putInt(0, b)));
    }
    return sums;
  }

  private static Solution.Planned solve(PlanRequest request) {
    Solution solution =
        new GreedySolver(GreedyParts.alone(BLOCKS / PIECE))
            .solve(request.problem(), new SolveLimits(PATIENCE, 0, 1), SolveMonitor.NONE);
    if (solution instanceof Solution.Planned planned) {
      return new Solution.Planned(inPieces(planned.schedule()), planned.bound());
    }
    throw new IllegalStateException("no schedule: " + solution);
  }

  /** The same schedule in as many copies as can be, so that there is much to select from. */
  private static Schedule inPieces(Schedule s) {
    List<Copy> pieces = new ArrayList<>();
    for (Copy c : s.copies()) {
      for (int from = c.first(); from <= c.last(); from = endOfPiece(from)) {
        int last = Math.min(c.last(), endOfPiece(from) - 1);
        double start = c.beginsAt(LAYOUT, from);
        pieces.add(new Copy(c.file(), c.from(), c.to(), from, last, start, c.rate()));
      }
    }
    return new Schedule(
        s.instance(),
        s.solver(),
        s.makespan(),
        s.lowerBound(),
        s.cost(),
        s.score(),
        s.solveSeconds(),
        pieces);
  }

  private static int endOfPiece(int block) {
    return (block / PIECE + 1) * PIECE;
  }

  private <R> R apply(MasterEvent<R> event) {
    MasterState.Step<R> step = master.apply(event, now);
    for (MasterEffect effect : step.effects()) {
      if (effect instanceof MasterEffect.Solve s) {
        asked = s.request();
      }
    }
    if (step.reply() instanceof Reply.Accepted<R> accepted) {
      return accepted.value();
    }
    throw new IllegalStateException(event + " was declined: " + step.reply());
  }

  /** The host that has been answered follows its orders, and the next one has a report ready. */
  void nextHost() {
    if (report != null) {
      hosts.get(turn).answered(orders, now);
    }
    now += REPORT_EVERY / hostCount;
    turn = (turn + 1) % hostCount;
    if (now >= end) {
      begin();
    }
    report = hosts.get(turn).report(false, now);
  }

  /** Answers the report that is ready. */
  Optional<Orders> answer() {
    if (report == null) {
      throw new IllegalStateException("no host has a report ready");
    }
    orders = apply(new MasterEvent.Reported(report));
    return orders;
  }
}
