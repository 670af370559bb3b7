package dev.waybill.model.testing;

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
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.model.schedule.Verdict;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A small problem drawn at random, and a valid schedule for it, for the tests of the model.
 *
 * <pre>
 *   o: origin of every file, by holding or generation    r: relay
 *
 *   o --(out)--[wan]--(in.0)--> h0        what hosts demand comes from o itself, by way of r, or
 *     --(out)--[wan]--(in.r)--> r         from the host before, block by block behind it
 *   r --(out.r)---------------> h1 ...
 * </pre>
 */
public final class RandomCase {
  private final Random random;
  private final int hostCount;
  private final Problem problem;
  private final List<Copy> copies = new ArrayList<>();
  private double clock;

  public RandomCase(long seed) {
    random = new Random(seed);
    hostCount = 2 + random.nextInt(4);
    problem = newProblem(seed);
    for (FileSpec f : problem.files().values()) {
      distribute(f);
    }
  }

  public Problem problem() {
    return problem;
  }

  /** Valid, with the figures that it really has. */
  public Schedule schedule() {
    Verdict v = ScheduleChecker.check(problem, copies);
    double bound = random.nextBoolean() ? 0 : v.makespan();
    return new Schedule(
        problem.name(), "at random", v.makespan(), bound, v.cost(), v.score(), 0.5, copies);
  }

  private Problem newProblem(long seed) {
    List<FileSpec> files = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    List<Generation> generations = new ArrayList<>();
    List<Copy> inProgress = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    long total = 0;
    int fileCount = 1 + random.nextInt(3);
    for (int i = 0; i < fileCount; i++) {
      BlockLayout layout = new BlockLayout(random.nextInt(200), 1 + random.nextInt(40));
      FileSpec file = new FileSpec("dir/f#" + i, random.nextInt(5), layout);
      files.add(file);
      total += layout.size();
      originate(file, holdings, generations);
      BitSet brought = new BitSet();
      if (layout.blockCount() > 0 && random.nextInt(3) == 0) {
        int last = random.nextInt(layout.blockCount());
        double start = random.nextInt(5) - 2;
        inProgress.add(new Copy(file.id(), "o", "h0", 0, last, start, number(5, 50)));
        brought.set(0, last + 1);
      }
      for (int h = 0; h < hostCount; h++) {
        if (random.nextInt(4) > 0) {
          demands.add(demand("h" + h, file));
        }
        if (random.nextInt(3) == 0) {
          BitSet held = bits(layout.blockCount());
          if (h == 0) {
            held.andNot(brought);
          }
          holdings.add(new Holding("h" + h, file.id(), BlockSet.of(held)));
        }
      }
    }
    Objective objective =
        new Objective(number(0, 2), number(0, 1), number(0, 1), random.nextInt(2));
    return new Problem(
        "case-" + seed,
        random.nextBoolean() ? "" : "d\u00e9j\u00e0 vu \u2028 \"quoted\" \ud83d\ude00",
        network(total),
        files,
        holdings,
        generations,
        inProgress,
        demands,
        objective);
  }

  private Demand demand(String host, FileSpec file) {
    return new Demand(host, file.id(), number(0, 3), random.nextBoolean() ? null : number(0, 9));
  }

  private void originate(FileSpec file, List<Holding> holdings, List<Generation> generations) {
    int count = file.layout().blockCount();
    int made = count == 0 ? 0 : random.nextInt(count + 1);
    holdings.add(new Holding("o", file.id(), BlockSet.prefix(count - made)));
    if (made > 0) {
      generations.add(
          new Generation("o", file.id(), count - made, count - 1, number(0, 3), number(20, 90)));
    }
  }

  private Network network(long totalBytes) {
    List<Resource> resources = new ArrayList<>();
    resources.add(resource("out"));
    resources.add(resource("out.r"));
    resources.add(resource("in.r"));
    resources.add(resource("wan"));
    resources.add(new Resource("down", DataRate.ZERO, 0));
    List<Host> hosts = new ArrayList<>();
    hosts.add(new Host("o", "origin", List.of("out"), List.of("down")));
    hosts.add(new Host("r", "relay", List.of("out.r"), List.of("in.r", "in.r"), true, null, null));
    List<Path> paths = new ArrayList<>();
    paths.add(new Path("origin", "edge", List.of("wan", "out")));
    paths.add(new Path("origin", "relay", List.of("wan")));
    paths.add(new Path("relay", "edge", List.of()));
    paths.add(new Path("edge", "nowhere", List.of("wan")));
    for (int h = 0; h < hostCount; h++) {
      resources.add(resource("in." + h));
      resources.add(resource("out." + h));
      DataSize storage = random.nextInt(3) == 0 ? new DataSize(totalBytes) : null;
      hosts.add(
          new Host("h" + h, "edge", List.of("out." + h), List.of("in." + h), false, storage, null));
    }
    return new Network(resources, paths, hosts);
  }

  private Resource resource(String id) {
    return new Resource(
        id, new DataRate(number(10, 100)), random.nextInt(3) == 0 ? number(0, 1) : 0);
  }

  /** One demand after the other, each begun when all that went before is over. */
  private void distribute(FileSpec file) {
    clock = Math.max(clock, quietFrom());
    String previous = "";
    for (Demand d : problem.demands()) {
      if (!d.file().equals(file.id())) {
        continue;
      }
      BlockSet missing =
          BlockSet.prefix(file.layout().blockCount())
              .minus(problem.held(d.host(), file.id()))
              .minus(brought(d.host(), file.id()));
      boolean viaRelay = previous.isEmpty() && random.nextBoolean() && !missing.isEmpty();
      if (viaRelay) {
        pipeline(file, missing, "o", "r", d.host());
      } else {
        String from = previous.isEmpty() || random.nextBoolean() ? "o" : previous;
        send(file, missing, from, d.host());
      }
      previous = d.host();
    }
  }

  private double quietFrom() {
    double quiet = 0;
    for (Copy c : problem.inProgress()) {
      quiet = Math.max(quiet, c.end(layoutOf(c.file())));
    }
    for (Generation g : problem.generations()) {
      quiet = Math.max(quiet, g.heldAt(layoutOf(g.file()), g.last()));
    }
    return quiet;
  }

  private BlockLayout layoutOf(String file) {
    return problem.files().get(file).layout();
  }

  private BlockSet brought(String host, String file) {
    BlockSet out = BlockSet.EMPTY;
    for (Copy c : problem.inProgress()) {
      if (c.to().equals(host) && c.file().equals(file)) {
        out = out.union(BlockSet.of(c.first(), c.last()));
      }
    }
    return out;
  }

  private void send(FileSpec file, BlockSet blocks, String from, String to) {
    double rate = bottleneck(from, to) * (random.nextBoolean() ? 1 : number(0.3, 1));
    blocks.ranges().forEach(r -> add(file, from, to, r.first(), r.last(), clock, rate));
  }

  /** Both legs at once: the second one block behind the first, to the last instant. */
  private void pipeline(FileSpec file, BlockSet blocks, String from, String relay, String to) {
    double rate = Math.min(bottleneck(from, relay), bottleneck(relay, to));
    blocks
        .ranges()
        .forEach(
            r -> {
              double start = clock;
              add(file, from, relay, r.first(), r.last(), start, rate);
              double behind = start + file.layout().length(r.first()) / rate;
              add(file, relay, to, r.first(), r.last(), behind, rate);
            });
  }

  private void add(
      FileSpec file, String from, String to, int first, int last, double start, double rate) {
    Copy c = new Copy(file.id(), from, to, first, last, start, rate);
    copies.add(c);
    clock = Math.max(clock, c.end(file.layout()));
  }

  private double bottleneck(String from, String to) {
    return problem.network().way(from, to).stream()
        .mapToDouble(id -> problem.network().resources().get(id).capacity().bytesPerSecond())
        .min()
        .orElseThrow();
  }

  private BitSet bits(int count) {
    BitSet bits = new BitSet();
    for (int i = 0; i < count; i++) {
      bits.set(i, random.nextInt(3) == 0);
    }
    return bits;
  }

  private double number(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
