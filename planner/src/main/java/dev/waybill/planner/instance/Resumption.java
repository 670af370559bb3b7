package dev.waybill.planner.instance;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The generator of distributions that are under way already: of a problem in which one host holds
 * everything, it makes one in which the others hold parts, and copies run.
 */
public final class Resumption {
  private static final double WHOLE_FILES = 0.15;
  private static final double SHARE_OF_FREE_CAPACITY = 0.25;
  private static final int HOSTS_PER_COPY = 4;
  private static final int MOST_BLOCKS_OF_A_COPY = 20;

  private final Problem fresh;
  private final SplittableRandom random;
  private final Map<List<String>, BlockSet> held = new LinkedHashMap<>();

  private Resumption(Problem fresh, long seed) {
    this.fresh = fresh;
    this.random = new SplittableRandom(seed);
    fresh.holdings().forEach(h -> held.put(List.of(h.host(), h.file()), h.blocks()));
  }

  /** A distribution under way: every receiver holds random parts, one in four receives a copy. */
  public static Problem of(Problem fresh, long seed) {
    Resumption r = new Resumption(fresh, seed);
    for (Demand d : fresh.demands()) {
      int blocks = r.layout(d.file()).blockCount();
      r.held.put(List.of(d.host(), d.file()), r.part(blocks));
    }
    return r.problem(List.of(), r.copies());
  }

  /**
   * A file that grows: its source holds the first quarter and makes the rest at a rate, every
   * receiver holds a random prefix of that quarter.
   *
   * @param rate bytes per second
   */
  public static Problem growing(Problem fresh, double rate, long seed) {
    Resumption r = new Resumption(fresh, seed);
    List<Generation> generations = new ArrayList<>();
    Map<String, Integer> made = new HashMap<>();
    for (Holding h : fresh.holdings()) {
      int blocks = h.blocks().count();
      made.put(h.file(), blocks / 4);
      r.held.put(List.of(h.host(), h.file()), BlockSet.prefix(blocks / 4));
      if (blocks > 0) {
        generations.add(new Generation(h.host(), h.file(), blocks / 4, blocks - 1, 0, rate));
      }
    }
    for (Demand d : fresh.demands()) {
      int prefix = r.random.nextInt(made.getOrDefault(d.file(), 0) + 1);
      r.held.put(List.of(d.host(), d.file()), BlockSet.prefix(prefix));
    }
    return r.problem(generations, List.of());
  }

  /** Part of a file: all of it, or a prefix and a run beyond it. */
  private BlockSet part(int blocks) {
    if (random.nextDouble() < WHOLE_FILES) {
      return BlockSet.prefix(blocks);
    }
    int prefix = random.nextInt(blocks / 2 + 1);
    int from = prefix + random.nextInt(blocks / 4 + 1);
    int to = Math.min(blocks, from + random.nextInt(blocks / 4 + 1));
    BlockSet run = from < to ? BlockSet.of(from, to - 1) : BlockSet.EMPTY;
    return BlockSet.prefix(prefix).union(run);
  }

  private List<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    Map<String, Double> free = new HashMap<>();
    fresh.network().resources().forEach((id, r) -> free.put(id, r.capacity().bytesPerSecond()));
    List<Demand> demands = fresh.demands();
    List<String> senders = List.copyOf(fresh.network().hosts().keySet());
    int wanted = senders.size() / HOSTS_PER_COPY;
    for (int tries = 0; tries < 100 * wanted && copies.size() < wanted; tries++) {
      Demand demand = demands.get(random.nextInt(demands.size()));
      String sender = senders.get(random.nextInt(senders.size()));
      BlockSet useful = held(sender, demand.file()).minus(held(demand.host(), demand.file()));
      double rate = SHARE_OF_FREE_CAPACITY * least(free, sender, demand.host());
      boolean busy =
          copies.stream()
              .anyMatch(c -> c.to().equals(demand.host()) && c.file().equals(demand.file()));
      if (!busy && !useful.isEmpty() && rate > 1 && !sender.equals(demand.host())) {
        Copy copy = copy(sender, demand, useful.ranges().get(0), Math.floor(rate));
        copies.add(copy);
        way(sender, demand.host()).forEach(id -> free.merge(id, -copy.rate(), Double::sum));
      }
    }
    return copies;
  }

  /** A copy in the middle of its first block at time 0. */
  private Copy copy(String sender, Demand demand, BlockRange range, double rate) {
    int last = range.first() + random.nextInt(Math.min(range.count(), MOST_BLOCKS_OF_A_COPY));
    double seconds = layout(demand.file()).length(range.first()) / rate;
    double start = -Math.floor(random.nextDouble() * seconds * 1000) / 1000;
    return new Copy(demand.file(), sender, demand.host(), range.first(), last, start, rate);
  }

  private double least(Map<String, Double> free, String from, String to) {
    return way(from, to).stream().mapToDouble(id -> free.getOrDefault(id, 0.0)).min().orElse(0);
  }

  private Set<String> way(String from, String to) {
    Network network = fresh.network();
    Set<String> way = network.way(from, to);
    return way == null ? Set.of() : way;
  }

  private BlockSet held(String host, String file) {
    return held.getOrDefault(List.of(host, file), BlockSet.EMPTY);
  }

  private BlockLayout layout(String file) {
    return Objects.requireNonNull(fresh.files().get(file), file).layout();
  }

  private Problem problem(List<Generation> generations, List<Copy> inProgress) {
    List<Holding> holdings = new ArrayList<>();
    held.forEach(
        (key, blocks) -> {
          if (!blocks.isEmpty()) {
            holdings.add(new Holding(key.get(0), key.get(1), blocks));
          }
        });
    return new Problem(
        fresh.name(),
        fresh.description(),
        fresh.network(),
        List.copyOf(fresh.files().values()),
        holdings,
        generations,
        inProgress,
        fresh.demands(),
        fresh.objective());
  }
}
