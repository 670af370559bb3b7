package dev.waybill.planner;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Small problems drawn at random that use everything the instance format can say: several files,
 * partial holdings, generations, copies in progress, relays, storage, links that are down, paths
 * that are missing, short last blocks, empty files, and every term of the objective.
 */
public final class RandomProblem {
  private final SplittableRandom random;
  private final List<Resource> resources = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final List<FileSpec> files = new ArrayList<>();
  private final Map<List<String>, BitSet> there = new HashMap<>();
  private final List<Generation> generations = new ArrayList<>();
  private final List<Copy> inProgress = new ArrayList<>();
  private final List<Demand> demands = new ArrayList<>();

  private RandomProblem(long seed) {
    random = new SplittableRandom(seed);
  }

  public static Problem of(long seed) {
    return new RandomProblem(seed).draw(seed);
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private Problem draw(long seed) {
    int sites = 1 + random.nextInt(3);
    network(sites, 2 + random.nextInt(8));
    int fileCount = 1 + random.nextInt(3);
    for (int f = 0; f < fileCount; f++) {
      long size = chance(0.05) ? 0 : 1 + random.nextInt(chance(0.3) ? 300_000 : 3_000);
      files.add(new FileSpec("f" + f, 1, new BlockLayout(size, 1 + random.nextInt(100) * 10L)));
    }
    files.stream().filter(f -> f.layout().blockCount() > 0).forEach(this::possess);
    for (FileSpec f : files) {
      for (Host h : hosts) {
        if (chance(0.7)) {
          Double deadline = chance(0.3) ? random.nextDouble() * 100 : null;
          demands.add(new Demand(h.id(), f.id(), random.nextInt(4), deadline));
        }
      }
    }
    List<Holding> holdings = new ArrayList<>();
    for (Host h : hosts) {
      for (FileSpec f : files) {
        BitSet held = there.get(List.of(h.id(), f.id(), "held"));
        if (held != null) {
          holdings.add(new Holding(h.id(), f.id(), BlockSet.of(held)));
        }
      }
    }
    Objective objective =
        chance(0.5)
            ? Objective.MAKESPAN
            : new Objective(
                random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2));
    return new Problem(
        "random-" + seed,
        "",
        new Network(resources, paths, hosts),
        files,
        holdings,
        generations,
        inProgress,
        demands,
        objective);
  }

  private void network(int sites, int count) {
    for (int a = 0; a < sites; a++) {
      for (int b = 0; b < sites; b++) {
        if (a != b && chance(0.8)) {
          paths.add(new Path("s" + a, "s" + b, List.of(resource("wan" + a + b, 0.05))));
        }
      }
      if (chance(0.1)) {
        paths.add(new Path("s" + a, "s" + a, List.of(resource("lan" + a, 0))));
      }
    }
    String shared = resource("shared", 0);
    for (int h = 0; h < count; h++) {
      List<String> up = chance(0.1) ? List.of() : List.of(resource("h" + h + ".up", 0.03));
      List<String> down = new ArrayList<>();
      if (chance(0.9)) {
        down.add(resource("h" + h + ".down", 0.03));
      }
      if (chance(0.1)) {
        down.add(shared);
      }
      DataSize storage = chance(0.15) ? new DataSize(random.nextInt(400_000)) : null;
      hosts.add(new Host("h" + h, "s" + h % sites, up, down, chance(0.3), storage, null));
    }
  }

  private String resource(String id, double down) {
    double capacity = chance(down) ? 0 : 1000 * Math.pow(10, 2 * random.nextDouble());
    resources.add(
        new Resource(id, new DataRate(capacity), chance(0.5) ? 0 : random.nextDouble() / 1000));
    return id;
  }

  /** Somebody holds or makes every block of most files, in one piece or in many. */
  private void possess(FileSpec f) {
    int blocks = f.layout().blockCount();
    int owners = 1 + random.nextInt(3);
    for (int i = 0; i < owners; i++) {
      Host h = hosts.get(random.nextInt(hosts.size()));
      BitSet held = mark(h, f, "held");
      if (i == 0 && !chance(0.2)) {
        held.set(0, blocks);
      } else if (chance(0.3)) {
        for (int b = 0; b < blocks; b++) {
          held.set(b, held.get(b) || chance(0.3));
        }
      } else {
        held.set(random.nextInt(blocks), blocks);
      }
    }
    if (chance(0.3)) {
      Host h = hosts.get(random.nextInt(hosts.size()));
      int first = free(h, f, blocks);
      if (first < blocks) {
        double rate = 100 + random.nextInt(100_000);
        generations.add(
            new Generation(h.id(), f.id(), first, blocks - 1, 10 * random.nextDouble(), rate));
        mark(h, f, "coming").set(first, blocks);
      }
    }
    if (chance(0.4)) {
      Host from = hosts.get(random.nextInt(hosts.size()));
      Host to = hosts.get(random.nextInt(hosts.size()));
      int first = free(to, f, blocks);
      boolean path =
          new Network(resources, paths, hosts).way(from.id(), to.id()) != null && !from.equals(to);
      if (path && first < blocks && mark(to, f, "coming").isEmpty()) {
        double start = 5 * random.nextDouble() - 3;
        double rate = 100 + random.nextInt(20_000);
        inProgress.add(new Copy(f.id(), from.id(), to.id(), first, blocks - 1, start, rate));
        mark(to, f, "coming").set(first, blocks);
      }
    }
  }

  /** The first block from which on {@code h} has none of {@code f}. */
  private int free(Host h, FileSpec f, int blocks) {
    int last = mark(h, f, "held").length();
    return last >= blocks ? blocks : last + random.nextInt(blocks - last);
  }

  private BitSet mark(Host h, FileSpec f, String what) {
    return there.computeIfAbsent(List.of(h.id(), f.id(), what), k -> new BitSet());
  }
}
