package dev.waybill.planner.bound;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The lower bound from all that is sent: every byte that is needed has to leave a host that
 * possesses, needs or relays something, through resources that cover their egress (Kumar and Ross,
 * Optimal peer-assisted file distribution, 2006).
 *
 * <p>We go one step further: a host that possesses nothing can't send before it has its first
 * block, and the i-th such host has one no sooner than {@link SpreadTimes} says. Only blocks of
 * full size count then, lest a short last block open everything at once.
 */
final class UploadCut {
  private static final String BECAUSE = "all that is needed has to be sent by those that can send";

  private static final double SMALL = 1e-6;

  private final IndexedProblem problem;
  private final FreeCapacity free;
  private final BitSet possessors = new BitSet();
  private final BitSet senders = new BitSet();

  private UploadCut(IndexedProblem problem, FreeCapacity free) {
    this.problem = problem;
    this.free = free;
    for (Run run : problem.runs) {
      if (run.needers().length > 0) {
        Arrays.stream(run.holders()).forEach(possessors::set);
        Arrays.stream(run.needers()).forEach(senders::set);
      }
    }
    // A host at which something arrives may have a block at once.
    problem.arrivals.forEach(a -> possessors.set(a.host()));
    for (int h = 0; h < problem.hosts(); h++) {
      if (problem.relay[h]) {
        senders.set(h);
      }
    }
    senders.or(possessors);
  }

  /** Resources that together lie on the way out of everybody who can send anything. */
  static int[] senders(IndexedProblem problem) {
    UploadCut cut = new UploadCut(problem, new FreeCapacity(problem));
    return cut.covering(cut.senders);
  }

  static Cut tightest(IndexedProblem problem, FreeCapacity free) {
    return new UploadCut(problem, free).tightest();
  }

  private Cut tightest() {
    int[] resources = covering(senders);
    if (resources.length == 0) {
      return Cut.none();
    }
    double all = 0;
    double full = 0;
    long copies = 0;
    double shortestFull = Double.POSITIVE_INFINITY;
    for (Run run : problem.runs) {
      if (run.needers().length > 0) {
        BlockLayout layout = problem.layouts[run.file()];
        int blocks = layout.blockCount();
        boolean withShort =
            run.last() == blocks - 1 && layout.length(run.last()) < layout.blockSize();
        double fullBytes = run.bytes() - (withShort ? layout.length(run.last()) : 0);
        all += (double) run.bytes() * run.needers().length;
        full += fullBytes * run.needers().length;
        copies += (run.blocks() - (withShort ? 1L : 0L)) * run.needers().length;
        if (fullBytes > 0) {
          shortestFull = Math.min(shortestFull, (double) layout.blockSize());
        }
      }
    }
    Cut cut = Cut.carrying(free, resources, all, BECAUSE);
    Volume volume = new Volume(full, copies, shortestFull);
    return full > 0 ? cut.orTighter(started(resources, volume)) : cut;
  }

  /** What full blocks need when nobody sends before having one. */
  private Cut started(int[] resources, Volume volume) {
    double block = volume.smallest();
    BitSet open = new BitSet();
    possessors.stream().forEach(h -> Arrays.stream(problem.egress[h]).forEach(open::set));
    double sources =
        Arrays.stream(covering(possessors)).mapToDouble(r -> problem.capacity[r]).sum();
    double fastest = 0;
    for (int h = senders.nextSetBit(0); h >= 0; h = senders.nextSetBit(h + 1)) {
      fastest = Math.max(fastest, possessors.get(h) ? 0 : problem.minCapacity(problem.egress[h]));
    }
    double[] opens = opens(resources, open, sources, fastest, block);
    Cut cut = Cut.carrying(free, resources, opens, volume.bytes(), BECAUSE);
    // A sender that sends whole blocks completes floor((T - opens) u / B) of them by T.
    Cut whole = Cut.carrying(free, resources, opens, volume, BECAUSE);
    cut = sources == 0 ? cut : repriced(cut, open, opens, sources, fastest, block);
    return whole.seconds() > cut.seconds() * (1 + SMALL)
        ? new Cut(whole.seconds(), BECAUSE, cut.resources(), cut.prices())
        : cut;
  }

  /**
   * The cut with what wider sources, or a wider fastest sender, save by opening the others sooner:
   * an opening that is earlier by dt lets its resource carry dt times its rate more.
   */
  private Cut repriced(
      Cut cut, BitSet open, double[] opens, double sources, double fastest, double block) {
    int[] resources = cut.resources();
    double growth = 0;
    for (int i = 0; i < resources.length; i++) {
      growth += opens[i] < cut.seconds() ? free.rate(resources[i], cut.seconds()) : 0;
    }
    double[] wider = opens(resources, open, sources * (1 + SMALL), fastest, block);
    double[] faster = opens(resources, open, sources, fastest * (1 + SMALL), block);
    double bySources = sooner(resources, opens, wider) / (sources * SMALL) / growth;
    double byFastest = sooner(resources, opens, faster) / (fastest * SMALL) / growth;
    double[] prices = cut.prices().clone();
    for (int i = 0; i < prices.length && Double.isFinite(bySources + byFastest); i++) {
      prices[i] += open.get(resources[i]) ? bySources : 0;
      prices[i] += problem.capacity[resources[i]] == fastest ? byFastest : 0;
    }
    return new Cut(cut.seconds(), cut.because(), resources, prices);
  }

  private double sooner(int[] resources, double[] opens, double[] earlier) {
    double bytes = 0;
    for (int i = 0; i < resources.length; i++) {
      bytes += Math.max(0, opens[i] - earlier[i]) * free.rate(resources[i], opens[i]);
    }
    return bytes;
  }

  /** When each of {@code resources} can first carry a block of {@code block} bytes. */
  private double[] opens(
      int[] resources, BitSet open, double sources, double fastest, double block) {
    double[] opens = new double[resources.length];
    List<Integer> later = new ArrayList<>();
    for (int i = 0; i < resources.length; i++) {
      if (!open.get(resources[i])) {
        later.add(i);
      }
    }
    if (sources == 0 || later.isEmpty()) {
      return opens;
    }
    // The largest first: at any time no more capacity can be open than with this order.
    later.sort(
        Comparator.comparingDouble((Integer i) -> problem.capacity[resources[i]]).reversed());
    double[] times =
        SpreadTimes.of(later.size(), block / sources, block / sources, block / fastest);
    for (int i = 0; i < times.length; i++) {
      opens[later.get(i)] = times[i];
    }
    return opens;
  }

  private int[] covering(BitSet hosts) {
    return Covering.of(problem, hosts.stream().mapToObj(h -> problem.egress[h]).toList());
  }
}
