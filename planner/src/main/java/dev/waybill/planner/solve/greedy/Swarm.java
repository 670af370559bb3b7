package dev.waybill.planner.solve.greedy;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.planner.indexed.Arrival;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import dev.waybill.planner.indexed.Run;
import dev.waybill.planner.solve.Reachability;
import dev.waybill.planner.solve.Stop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The greedy solver's event-driven list scheduler. Whenever bandwidth becomes free or a host comes
 * to hold something, the hosts concerned look at candidate copies of one piece each, as sender and
 * as receiver; the one with the best {@link CostFunction} starts, at all the rate that its way has
 * free, until nothing can start any more.
 *
 * <p>It is cut-through: a host may send a piece on while it is still receiving it, no faster than
 * its blocks arrive and a block behind. It handles everything that the format can say.
 */
final class Swarm {
  /** How far behind a block's arrival its sending on begins, beyond it, in blocks. */
  private static final double MARGIN = 1e-6;

  /** What counts as one moment, relative to the time. */
  private static final double MOMENT = 1e-12;

  /** Bytes per second on a way without resources, which nothing bounds. */
  private static final double UNBOUND_RATE = 1e18;

  /** From this share of need on, a way into a location is kept for what is new there. */
  private static final double SCARCE = 0.8;

  /** How many other hosts look again when a shared link becomes free. */
  private static final int WAKE = 3;

  /** How many hosts near by, and how many elsewhere, a host looks at before it waits. */
  private static final int MOST_LOOKS = 64;

  /**
   * From this ratio of block times on, what is sent on waits a little: merging shifts an arrival by
   * less than a tolerance of its own blocks, which is more than one of far briefer blocks.
   */
  private static final double FAR_BRIEFER = 1.0 / 500;

  private static final int STOP_CHECK_MASK = 1023;

  private final IndexedProblem problem;
  private final Pieces pieces;
  private final GreedyConfig config;
  private final SwarmSetting setting;
  private final CostFunction cost;
  private final SplittableRandom random;

  /** Where all pieces are needed by the same hosts: then the rarest is the best for any pair. */
  private final @Nullable RarityLevels rarity;

  private final Capacities capacities;
  private final double[] entryShare;

  /** By host, pieces that it holds, and those that it wants and isn't being sent, as bits. */
  private final long[][] held;

  private final long[][] wanted;

  /** By location, pieces that a host there with egress has or is being sent. */
  private final long[][] present;

  /** By host, files of which it wants pieces. */
  private final int[][] wantedFiles;

  private final long[] remaining;
  private final long[] spare;
  private final double[] needSeconds;
  private double mostNeedSeconds = Double.MIN_VALUE;
  private double largestEgress = Double.MIN_VALUE;
  private double highestCost = Double.MIN_VALUE;
  private double highestWeight = Double.MIN_VALUE;
  private final int[] spreadTo;
  private final int[] needersLeft;

  /** By piece, 1 / the number of its needers. */
  private final double[] neederShare;

  /** By host, its egress capacity / the largest. */
  private final double[] egressShare;

  private long transfersLeft;

  /** By host, pieces that arrive at it now and of which it holds the first block. */
  private final List<List<Flight>> arriving = new ArrayList<>();

  private final @Nullable Flight[] lastInto;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) -> Double.compare(a.time, b.time));
  private final Set<Integer> dirty = new LinkedHashSet<>();
  private final List<Flight> flights = new ArrayList<>();
  private final int[] receivers;

  /** By host, the longest time that a block sent to it has taken, seconds. */
  private final double[] longestBlock;

  private final double[][] demandUrgency;
  private int active;
  private double now;
  private boolean relaxed;

  private double bestScore;
  private @Nullable Flight best;

  /** Something that happens at a time: exactly one of the two is there. */
  private record Event(
      double time, @Nullable Flight flight, @Nullable Load load, boolean firstBlock) {}

  Swarm(
      IndexedProblem problem,
      Pieces pieces,
      GreedyConfig config,
      SwarmSetting setting,
      List<BlockClass> classes) {
    this.problem = problem;
    this.pieces = pieces;
    this.config = config;
    this.setting = setting;
    this.cost = new CostFunction(config);
    random = new SplittableRandom(setting.seed());
    capacities = new Capacities(problem);
    entryShare = setting.entryShare();
    int hosts = problem.hosts();
    held = new long[hosts][pieces.words()];
    wanted = new long[hosts][];
    present = new long[problem.locations()][pieces.words()];
    remaining = new long[hosts];
    spare = new long[hosts];
    needSeconds = new double[hosts];
    lastInto = new Flight[hosts];
    spreadTo = new int[pieces.size()];
    needersLeft = new int[pieces.size()];
    neederShare = new double[pieces.size()];
    egressShare = new double[hosts];
    longestBlock = new double[hosts];
    demandUrgency = new double[hosts][];
    BitSet[] files = new BitSet[hosts];
    for (int h = 0; h < hosts; h++) {
      arriving.add(new ArrayList<>());
      files[h] = new BitSet();
    }
    placeDemands(files);
    placeRelays(classes, files);
    placePossessions();
    rarity = classes.size() == 1 && classes.get(0).atRest() && !anyRelayWants() ? levels() : null;
    wantedFiles = new int[hosts][];
    for (int h = 0; h < hosts; h++) {
      wantedFiles[h] = files[h].stream().toArray();
    }
    receivers = IntStream.range(0, hosts).filter(h -> wanted[h] != null).toArray();
    measure();
    for (Load load : problem.loads) {
      if (load.end() > 0) {
        events.add(new Event(load.end(), null, load, false));
      }
    }
  }

  private void placeDemands(BitSet[] files) {
    for (int p = 0; p < pieces.size(); p++) {
      if (pieces.exists(p)) {
        for (int h : pieces.run(p).needers()) {
          want(h, p, files);
          remaining[h] += pieces.bytes[p];
          needersLeft[p]++;
          transfersLeft++;
        }
      }
    }
    for (int h = 0; h < spare.length; h++) {
      spare[h] =
          problem.room[h] == Long.MAX_VALUE
              ? Long.MAX_VALUE
              : problem.room[h] - problem.incoming[h] - remaining[h];
    }
  }

  private boolean anyRelayWants() {
    for (int h = 0; h < wanted.length; h++) {
      if (wanted[h] != null && remaining[h] == 0) {
        return true;
      }
    }
    return false;
  }

  private RarityLevels levels() {
    RarityLevels levels = new RarityLevels(pieces.words());
    for (int p = 0; p < pieces.size(); p++) {
      if (pieces.exists(p)) {
        levels.add(p, spreadTo[p]);
      }
    }
    return levels;
  }

  private void want(int host, int piece, BitSet[] files) {
    if (wanted[host] == null) {
      wanted[host] = new long[pieces.words()];
    }
    wanted[host][piece >> 6] |= 1L << piece;
    files[host].set(pieces.file(piece));
  }

  /** Relays want what others can't get without them; in the setting with all relays, everything. */
  private void placeRelays(List<BlockClass> classes, BitSet[] files) {
    for (BlockClass c : classes) {
      BitSet relays = setting.allRelays() ? relays(c) : Reachability.relaysNeeded(problem, c);
      if (relays.isEmpty()) {
        continue;
      }
      for (int w = pieces.firstWord[c.file()]; w < pieces.firstWord[c.file() + 1]; w++) {
        for (int p = w << 6; p < (w + 1) << 6; p++) {
          if (pieces.exists(p) && c.runs().contains(pieces.run(p))) {
            int piece = p;
            relays.stream().forEach(h -> want(h, piece, files));
          }
        }
      }
    }
  }

  private BitSet relays(BlockClass c) {
    BitSet relays = new BitSet();
    for (int h = 0; h < problem.hosts(); h++) {
      relays.set(h, problem.relay[h]);
    }
    Arrays.stream(c.needers()).forEach(relays::clear);
    Arrays.stream(c.possessors()).forEach(relays::clear);
    return relays;
  }

  private void placePossessions() {
    for (int p = 0; p < pieces.size(); p++) {
      if (!pieces.exists(p)) {
        continue;
      }
      Run run = pieces.run(p);
      for (int h : run.holders()) {
        held[h][p >> 6] |= 1L << p;
        arriveAt(h, p);
      }
      for (Arrival a : run.arrivals()) {
        BlockLayout layout = problem.layouts[run.file()];
        long before = layout.offset(pieces.first[p]) - layout.offset(a.first());
        double start = a.start() + before / a.rate();
        Flight f =
            new Flight(a.host(), a.host(), p, start, a.rate(), a.heldAt(layout, pieces.last[p]));
        arriveAt(a.host(), p);
        announce(f);
      }
    }
  }

  private void arriveAt(int host, int piece) {
    if (rarity != null) {
      rarity.raise(piece, spreadTo[piece]);
    }
    spreadTo[piece]++;
    if (capacities.usable(problem.egress[host]) > 0) {
      present[problem.location[host]][piece >> 6] |= 1L << piece;
    }
  }

  /** Puts down when the first block and the last of a flight will be held. */
  private void announce(Flight f) {
    if (pieces.last[f.piece()] > pieces.first[f.piece()]) {
      double first = firstBlockSeconds(f);
      events.add(new Event(f.start() + first, f, null, true));
    }
    events.add(new Event(f.end(), f, null, false));
  }

  private double firstBlockSeconds(Flight f) {
    BlockLayout layout = problem.layouts[pieces.file(f.piece())];
    double block = layout.length(pieces.first[f.piece()]) / f.rate();
    return block * (1 + MARGIN) + 4 * Math.ulp(f.start() + block);
  }

  private void measure() {
    Objective objective = problem.problem.objective();
    for (int h = 0; h < problem.hosts(); h++) {
      if (remaining[h] > 0) {
        needSeconds[h] = 1 / Math.min(UNBOUND_RATE, problem.minCapacity(problem.ingress[h]));
        mostNeedSeconds = Math.max(mostNeedSeconds, remaining[h] * needSeconds[h]);
      }
      largestEgress =
          Math.max(largestEgress, Math.min(UNBOUND_RATE, problem.minCapacity(problem.egress[h])));
    }
    for (int h = 0; h < problem.hosts(); h++) {
      egressShare[h] = Math.min(1, problem.minCapacity(problem.egress[h]) / largestEgress);
    }
    for (int p = 0; p < pieces.size(); p++) {
      neederShare[p] = 1.0 / Math.max(1, needersLeft[p]);
    }
    for (double cost : problem.costPerByte) {
      highestCost += objective.cost() > 0 ? cost : 0;
    }
    for (Demand d : problem.problem.demands()) {
      highestWeight = Math.max(highestWeight, d.weight());
    }
    if (objective.weightedCompletion() > 0 || objective.lateness() > 0) {
      for (int i = 0; i < problem.demandHost.length; i++) {
        Demand d = problem.problem.demands().get(i);
        double[] u = demandUrgency[problem.demandHost[i]];
        double deadline = d.deadline() == null ? Double.POSITIVE_INFINITY : d.deadline();
        demandUrgency[problem.demandHost[i]] =
            u == null
                ? new double[] {d.weight(), deadline}
                : new double[] {Math.max(u[0], d.weight()), Math.min(u[1], deadline)};
      }
    }
  }

  /** The copies, or null where it came to a dead end or was stopped. */
  @Nullable List<Copy> schedule(Stop stop) {
    for (int h = 0; h < problem.hosts(); h++) {
      dirty.add(h);
    }
    serveDirty();
    long steps = 0;
    while (transfersLeft > 0) {
      if ((++steps & STOP_CHECK_MASK) == 0 && stop.now()) {
        return null;
      }
      if (active == 0 && !startAnything() && events.isEmpty()) {
        return null;
      }
      Event first = events.poll();
      if (first == null) {
        continue;
      }
      happen(first);
      double moment = first.time + MOMENT * Math.abs(first.time);
      while (!events.isEmpty() && events.peek().time <= moment) {
        happen(events.remove());
      }
      serveDirty();
    }
    return new CopyList(problem, pieces).of(flights);
  }

  /** With nothing under way, whatever can start does, even what would else be put off. */
  private boolean startAnything() {
    relaxed = true;
    for (int h = 0; h < problem.hosts() && active == 0; h++) {
      serve(h);
    }
    relaxed = false;
    return active > 0;
  }

  private void happen(Event e) {
    now = Math.max(now, e.time);
    if (e.load != null) {
      capacities.end(e.load);
      for (int h = 0; h < problem.hosts(); h++) {
        dirty.add(h);
      }
      return;
    }
    Flight f = Objects.requireNonNull(e.flight);
    if (e.firstBlock) {
      arriving.get(f.to()).add(f);
    } else {
      end(f);
    }
    dirty.add(f.to());
  }

  private void end(Flight f) {
    arriving.get(f.to()).remove(f);
    held[f.to()][f.piece() >> 6] |= 1L << f.piece();
    if (!f.planned()) {
      return;
    }
    capacities.giveBack(way(f), f.rate());
    active--;
    lastInto[f.to()] = f;
    dirty.add(f.from());
    if (problem.location[f.from()] != problem.location[f.to()]) {
      wake(problem.hostsAt[problem.location[f.from()]]);
      wake(problem.hostsAt[problem.location[f.to()]]);
    }
  }

  private void wake(int[] hosts) {
    for (int i = 0; i < WAKE; i++) {
      dirty.add(hosts[random.nextInt(hosts.length)]);
    }
  }

  private int[] way(Flight f) {
    return Objects.requireNonNull(problem.way(f.from(), f.to()));
  }

  private void serveDirty() {
    while (!dirty.isEmpty()) {
      List<Integer> hosts = new ArrayList<>(dirty);
      dirty.clear();
      hosts.forEach(this::serve);
    }
  }

  private void serve(int host) {
    while (true) {
      bestScore = Double.NEGATIVE_INFINITY;
      best = null;
      lookForReceivers(host);
      lookForSenders(host);
      if (best == null) {
        return;
      }
      start(best);
    }
  }

  private void start(Flight f) {
    flights.add(f);
    capacities.take(way(f), f.rate());
    active++;
    wanted[f.to()][f.piece() >> 6] &= ~(1L << f.piece());
    if (Arrays.binarySearch(pieces.run(f.piece()).needers(), f.to()) >= 0) {
      remaining[f.to()] -= pieces.bytes[f.piece()];
      needersLeft[f.piece()]--;
      transfersLeft--;
    } else {
      spare[f.to()] -= spare[f.to()] == Long.MAX_VALUE ? 0 : pieces.bytes[f.piece()];
    }
    double block = problem.layouts[pieces.file(f.piece())].blockSize() / f.rate();
    longestBlock[f.to()] = Math.max(longestBlock[f.to()], block);
    arriveAt(f.to(), f.piece());
    announce(f);
  }

  private void lookForReceivers(int from) {
    if (capacities.free(problem.egress[from]) <= 0) {
      return;
    }
    int found = 0;
    int[] near = problem.hostsAt[problem.location[from]];
    int offset = random.nextInt(near.length);
    int nearLooks = relaxed ? near.length : Math.min(near.length, MOST_LOOKS);
    for (int i = 0; i < nearLooks && 2 * found < config.candidates(); i++) {
      found += consider(from, near[(i + offset) % near.length]) ? 1 : 0;
    }
    offset = receivers.length == 0 ? 0 : random.nextInt(receivers.length);
    int looks = relaxed ? receivers.length : Math.min(receivers.length, MOST_LOOKS);
    for (int i = 0; i < looks && found < config.candidates(); i++) {
      int to = receivers[(i + offset) % receivers.length];
      if (problem.location[to] != problem.location[from]) {
        found += consider(from, to) ? 1 : 0;
      }
    }
  }

  private void lookForSenders(int to) {
    if (wanted[to] == null || capacities.free(problem.ingress[to]) <= 0) {
      return;
    }
    int found = 0;
    int[] near = problem.hostsAt[problem.location[to]];
    int offset = random.nextInt(near.length);
    int nearLooks = relaxed ? near.length : Math.min(near.length, MOST_LOOKS);
    for (int i = 0; i < nearLooks && 2 * found < config.candidates(); i++) {
      found += consider(near[(i + offset) % near.length], to) ? 1 : 0;
    }
    offset = random.nextInt(problem.hosts());
    int looks = relaxed ? problem.hosts() : Math.min(problem.hosts(), MOST_LOOKS);
    for (int i = 0; i < looks && found < config.candidates(); i++) {
      int from = (i + offset) % problem.hosts();
      if (problem.location[to] != problem.location[from]) {
        found += consider(from, to) ? 1 : 0;
      }
    }
  }

  /** Looks at every piece that {@code from} could send {@code to} now; whether there is any. */
  private boolean consider(int from, int to) {
    if (from == to
        || wanted[to] == null
        || capacities.free(problem.egress[from]) <= 0
        || capacities.free(problem.ingress[to]) <= 0) {
      return false;
    }
    int[] via = problem.via(problem.location[from], problem.location[to]);
    if (via == null) {
      return false;
    }
    double full =
        Math.min(
            UNBOUND_RATE,
            Math.min(
                capacities.usable(via),
                Math.min(
                    capacities.usable(problem.egress[from]),
                    capacities.usable(problem.ingress[to]))));
    double rate =
        Math.min(
            full,
            Math.min(
                capacities.free(via),
                Math.min(
                    capacities.free(problem.egress[from]), capacities.free(problem.ingress[to]))));
    if (!(rate > 0) || rate < config.minRateShare() * full) {
      return false;
    }
    if (rarity != null) {
      return considerRarest(rarity, from, to, via, rate, full);
    }
    boolean any = false;
    double base = Double.NaN;
    for (int file : wantedFiles[to]) {
      for (int w = pieces.firstWord[file]; w < pieces.firstWord[file + 1]; w++) {
        for (long bits = wanted[to][w] & held[from][w]; bits != 0; bits &= bits - 1) {
          base = Double.isNaN(base) ? pairScore(from, to, via) : base;
          any |= consider(from, to, (w << 6) + Long.numberOfTrailingZeros(bits), rate, full, base);
        }
      }
    }
    for (Flight f : arriving.get(from)) {
      if (wants(to, f.piece())) {
        double behind = Math.min(rate, rateBehind(f));
        if (behind >= config.minRateShare() * full || !f.planned()) {
          base = Double.isNaN(base) ? pairScore(from, to, via) : base;
          any |= consider(from, to, f.piece(), behind, full, base);
        }
      }
    }
    return any;
  }

  private boolean wants(int host, int piece) {
    return (wanted[host][piece >> 6] >> piece & 1) != 0;
  }

  /**
   * As {@link #consider(int, int)} where the score of a piece depends on nothing but how rare it
   * is, whether the receiver's location has it, and whether it continues the pair's last copy.
   */
  private boolean considerRarest(
      RarityLevels levels, int from, int to, int[] via, double rate, double full) {
    long[] there = present[problem.location[to]];
    int old = levels.rarest(held[from], wanted[to], there, true);
    int fresh =
        problem.location[from] == problem.location[to]
            ? -1
            : levels.rarest(held[from], wanted[to], there, false);
    Flight last = lastInto[to];
    int next = last != null && last.from() == from ? last.piece() + 1 : -1;
    boolean continues =
        next >= 0
            && next < pieces.size()
            && wants(to, next)
            && (held[from][next >> 6] >> next & 1) != 0;
    boolean any = false;
    double base = Double.NaN;
    for (int piece : new int[] {old, fresh, continues ? next : -1}) {
      if (piece >= 0) {
        base = Double.isNaN(base) ? pairScore(from, to, via) : base;
        any |= consider(from, to, piece, rate, full, base);
      }
    }
    for (Flight f : arriving.get(from)) {
      if (wants(to, f.piece())) {
        double behind = Math.min(rate, rateBehind(f));
        if (behind >= config.minRateShare() * full) {
          base = Double.isNaN(base) ? pairScore(from, to, via) : base;
          any |= consider(from, to, f.piece(), behind, full, base);
        }
      }
    }
    return any;
  }

  /** The highest rate at which a piece can be sent on from now while it arrives as {@code f}. */
  private double rateBehind(Flight f) {
    BlockLayout layout = problem.layouts[pieces.file(f.piece())];
    int last = pieces.last[f.piece()];
    long base = layout.offset(pieces.first[f.piece()]);
    double faster = Double.POSITIVE_INFINITY;
    for (int k = last; k > pieces.first[f.piece()] && k >= last - 1; k--) {
      double wait = (layout.offset(k + 1) - base) / f.rate() - (now - f.start());
      if (wait > 0) {
        faster = Math.min(faster, (layout.offset(k) - base) / wait);
      }
    }
    return Math.max(f.rate(), faster * (1 - MARGIN));
  }

  private boolean consider(
      int from, int to, int piece, double rate, double full, double pairScore) {
    boolean demanded =
        !problem.relay[to] || Arrays.binarySearch(pieces.run(piece).needers(), to) >= 0;
    int at = problem.location[to];
    boolean there = (present[at][piece >> 6] >> piece & 1) != 0;
    if (!demanded && (pieces.bytes[piece] > spare[to] || uselessToRelay(piece, to, there))) {
      return false;
    }
    boolean enters = problem.location[from] != at;
    double start = now;
    double block = problem.layouts[pieces.file(piece)].blockSize() / rate;
    if (block < longestBlock[from] * FAR_BRIEFER) {
      start += MARGIN * longestBlock[from] + 4 * Math.ulp(now);
    }
    double end = start + pieces.bytes[piece] / rate;
    if (!relaxed) {
      if (active > 0 && now < setting.horizon() && end > setting.horizon()) {
        return false;
      }
      if (enters && there && entryShare[at] >= SCARCE) {
        return false;
      }
    }
    Flight last = lastInto[to];
    boolean continues =
        last != null
            && last.from() == from
            && last.piece() + 1 == piece
            && last.rate() == rate
            && now <= last.end() * (1 + MOMENT);
    double forwarding = egressShare[to] * needersLeft[piece] * neederShare[piece];
    double score =
        pairScore
            + cost.ofBlocks(
                spreadTo[piece],
                !there,
                forwarding,
                rate / full,
                continues,
                enters && there ? entryShare[at] : 0);
    if (score > bestScore) {
      bestScore = score;
      best = new Flight(from, to, piece, start, rate, end);
    }
    return true;
  }

  private boolean uselessToRelay(int piece, int to, boolean there) {
    return needersLeft[piece] == 0 || (there && spare[to] < Long.MAX_VALUE);
  }

  /** The terms of the score that are the same for every piece. */
  private double pairScore(int from, int to, int[] via) {
    double money = 0;
    if (highestCost > Double.MIN_VALUE) {
      for (int[] part : new int[][] {problem.egress[from], via, problem.ingress[to]}) {
        for (int r : part) {
          money += problem.costPerByte[r] / highestCost;
        }
      }
    }
    return cost.ofPair(
        Math.min(1, remaining[to] * needSeconds[to] / mostNeedSeconds),
        demandUrgency[to] == null ? 0 : urgency(to),
        capacities.usedShare(problem.egress[from]),
        money);
  }

  /** 0..1: heavier, shorter and more pressing demands have more. */
  private double urgency(int to) {
    double weight = demandUrgency[to][0] / highestWeight;
    double rest = remaining[to] * needSeconds[to];
    double slack = demandUrgency[to][1] - now - rest;
    double pressing = 1 / (1 + Math.max(0, slack) / mostNeedSeconds);
    double brief = 1 - 0.5 * rest / mostNeedSeconds;
    return weight * Math.max(brief * 0.5, pressing);
  }
}
