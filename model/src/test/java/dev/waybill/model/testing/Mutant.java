package dev.waybill.model.testing;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.Violation.Kind;
import dev.waybill.model.unit.DataRate;
import dev.waybill.model.unit.DataSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A way to spoil a valid schedule, or its problem beneath it.
 *
 * @param kind the rule that many of those spoilt in this way break
 */
public record Mutant(String name, Kind kind, Change change) {
  /** A problem and a schedule for it. */
  public record Pair(Problem problem, Schedule schedule) {}

  /** Spoils something, drawn at random; where there is nothing to spoil, nothing. */
  public interface Change {
    Pair apply(Pair pair, Random random);
  }

  @Override
  public String toString() {
    return name;
  }

  /** At least one for each rule. */
  public static List<Mutant> all() {
    return List.of(
        copy("faster", Kind.CAPACITY, (c, r) -> moved(c, c.from(), c.to(), 101 * c.rate())),
        copy("a hair faster", Kind.CAPACITY, (c, r) -> hairFaster(c, r)),
        copy("at once", Kind.SENDER_HOLDS, (c, r) -> at(c, 0)),
        copy("earlier", Kind.SENDER_HOLDS, (c, r) -> at(c, c.start() * r.nextDouble())),
        copy("a hair earlier", Kind.CAPACITY, (c, r) -> hairEarlier(c, r)),
        copy("from a receiver", Kind.SENDER_HOLDS, (c, r) -> moved(c, "h1", c.to(), c.rate())),
        copy("to another", Kind.UNWANTED, (c, r) -> moved(c, c.from(), "h1", c.rate())),
        copy("to its sender", Kind.NO_PATH, (c, r) -> moved(c, c.from(), c.from(), c.rate())),
        copy("backwards", Kind.NO_PATH, (c, r) -> moved(c, c.to(), c.from(), c.rate())),
        copies("dropped", Kind.DEMAND, (all, i, r) -> all.remove(i)),
        copies("repeated", Kind.DUPLICATE, (all, i, r) -> all.add(at(all.get(i), r.nextInt(300)))),
        network("no storage", Kind.STORAGE, x -> x, Mutant::withoutStorage),
        network("no relays", Kind.UNWANTED, x -> x, Mutant::withoutRelaying),
        network(
            "less capacity",
            Kind.CAPACITY,
            x -> new Resource(x.id(), half(x), x.costPerByte()),
            h -> h),
        network("all down", Kind.CAPACITY, x -> new Resource(x.id(), DataRate.ZERO, 1), h -> h),
        new Mutant("boastful", Kind.FIGURE, Mutant::boastful));
  }

  private interface CopyChange {
    Copy apply(Copy copy, Random random);
  }

  private interface CopiesChange {
    void apply(List<Copy> copies, int index, Random random);
  }

  private static Mutant copy(String name, Kind kind, CopyChange change) {
    return copies(name, kind, (all, i, r) -> all.set(i, change.apply(all.get(i), r)));
  }

  private static Mutant copies(String name, Kind kind, CopiesChange change) {
    return new Mutant(
        name,
        kind,
        (pair, random) -> {
          List<Copy> copies = new ArrayList<>(pair.schedule().copies());
          if (!copies.isEmpty()) {
            change.apply(copies, random.nextInt(copies.size()), random);
          }
          Schedule s = pair.schedule();
          return new Pair(
              pair.problem(),
              new Schedule(
                  s.instance(), s.solver(), s.makespan(), 0, s.cost(), s.score(), 0, copies));
        });
  }

  private static Mutant network(
      String name, Kind kind, UnaryOperator<Resource> resource, UnaryOperator<Host> host) {
    return new Mutant(
        name,
        kind,
        (pair, random) -> {
          Problem p = pair.problem();
          Network n = p.network();
          Network changed =
              new Network(
                  n.resources().values().stream().map(resource).toList(),
                  n.paths(),
                  n.hosts().values().stream().map(host).toList());
          return new Pair(
              new Problem(
                  p.name(),
                  p.description(),
                  changed,
                  List.copyOf(p.files().values()),
                  p.holdings(),
                  p.generations(),
                  p.inProgress(),
                  p.demands(),
                  p.objective()),
              pair.schedule());
        });
  }

  private static Pair boastful(Pair pair, Random random) {
    Schedule s = pair.schedule();
    double factor = 1 + (random.nextInt(5) - 2) * 0.7e-5;
    double bound = s.makespan() * (1 + random.nextInt(3) * 0.7e-6);
    return new Pair(
        pair.problem(),
        new Schedule(
            s.instance(),
            s.solver(),
            s.makespan() * factor,
            bound,
            s.cost() * factor,
            s.score() * factor,
            s.solveSeconds(),
            s.copies()));
  }

  private static Copy at(Copy c, double start) {
    return new Copy(c.file(), c.from(), c.to(), c.first(), c.last(), start, c.rate());
  }

  private static Copy moved(Copy c, String from, String to, double rate) {
    return new Copy(c.file(), from, to, c.first(), c.last(), c.start(), rate);
  }

  private static Copy hairFaster(Copy c, Random random) {
    return moved(c, c.from(), c.to(), c.rate() * (1 + random.nextInt(4) * 0.6e-6));
  }

  private static Copy hairEarlier(Copy c, Random random) {
    return at(c, Math.max(0, c.start() - random.nextInt(5) * 0.7e-8));
  }

  private static DataRate half(Resource x) {
    return new DataRate(x.capacity().bytesPerSecond() / 2);
  }

  private static Host withoutStorage(Host h) {
    return new Host(
        h.id(), h.location(), h.egress(), h.ingress(), h.relay(), new DataSize(20), null);
  }

  private static Host withoutRelaying(Host h) {
    return new Host(h.id(), h.location(), h.egress(), h.ingress(), false, h.storage(), null);
  }
}
