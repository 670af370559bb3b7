package dev.waybill.planner.solve.parts;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Divides the network of a problem of the planner into groups of locations.
 *
 * <p>Two locations are strongly coupled where the way between them carries what the hosts of either
 * can send, so that the network hardly tells them apart. Such groups stay together, because little
 * passes between them in any case; where all is one group, its locations may be parted. What is to
 * stay together is dealt out to parts that are alike: with as many demands each, and, by
 * exchanging, with as much to send for each demand as the others have, so that none is poorer than
 * the whole.
 *
 * <p>Groups that the configuration names are parts as they are; the others are found among the
 * locations that are left.
 */
final class Division {
  private final Problem problem;
  private final PartsConfig config;
  private final Map<String, Unit> places = new LinkedHashMap<>();

  /** Some locations: demands to be met there, and what their hosts can send a second. */
  private record Unit(Set<String> locations, int demands, double upload) {
    static final Unit NONE = new Unit(Set.of(), 0, 0);

    Unit with(Unit other) {
      Set<String> both = new LinkedHashSet<>(locations);
      both.addAll(other.locations);
      return new Unit(both, demands + other.demands, upload + other.upload);
    }

    static Unit of(Collection<Unit> units) {
      return units.stream().reduce(NONE, Unit::with);
    }

    /** What it can send beyond what its demands need at this rate each. */
    double surplus(double rate) {
      return Double.isInfinite(upload) ? 0 : upload - rate * demands;
    }
  }

  private Division(Problem problem, PartsConfig config) {
    this.problem = problem;
    this.config = config;
    Network network = problem.network();
    for (Host h : network.hosts().values()) {
      add(new Unit(Set.of(h.location()), 0, least(network, h.egress())), h.location());
    }
    for (Demand d : problem.demands()) {
      String location = Objects.requireNonNull(network.hosts().get(d.host())).location();
      add(new Unit(Set.of(location), 1, 0), location);
    }
  }

  private void add(Unit unit, String location) {
    places.merge(location, unit, Unit::with);
  }

  /** The locations of each part; one part where the network is not worth a division. */
  static List<Set<String>> of(Problem problem, PartsConfig config) {
    return new Division(problem, config).parts();
  }

  /** The least capacity of some resources; without any, nothing limits. */
  static double least(Network network, Collection<String> resources) {
    return resources.stream()
        .map(id -> Objects.requireNonNull(network.resources().get(id)))
        .mapToDouble(r -> r.capacity().bytesPerSecond())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private List<Set<String>> parts() {
    Set<String> left = new LinkedHashSet<>(places.keySet());
    List<Set<String>> parts = new ArrayList<>();
    for (List<String> group : config.groups()) {
      Set<String> here = new LinkedHashSet<>(group);
      here.retainAll(places.keySet());
      left.removeAll(here);
      parts.add(here);
    }
    parts.addAll(found(left));
    parts.removeIf(part -> Unit.of(units(part)).demands() == 0);
    return parts;
  }

  private Collection<Set<String>> found(Set<String> locations) {
    Collection<Set<String>> groups = coupled(locations);
    return groups.size() == 1 ? dealt(units(locations)) : groups;
  }

  private List<Unit> units(Set<String> locations) {
    return locations.stream().map(this::place).toList();
  }

  private Unit place(String location) {
    return places.getOrDefault(location, Unit.NONE);
  }

  private Collection<Set<String>> coupled(Set<String> locations) {
    Map<String, Set<String>> groupOf = new LinkedHashMap<>();
    locations.forEach(l -> groupOf.put(l, new LinkedHashSet<>(List.of(l))));
    for (Path path : problem.network().paths()) {
      Set<String> a = groupOf.get(path.from());
      Set<String> b = groupOf.get(path.to());
      if (a != null && b != null && !a.contains(path.to()) && isStrong(path)) {
        a.addAll(b);
        b.forEach(location -> groupOf.put(location, a));
      }
    }
    return new LinkedHashSet<>(groupOf.values());
  }

  private boolean isStrong(Path path) {
    double sent = Math.min(place(path.from()).upload(), place(path.to()).upload());
    return least(problem.network(), path.via()) >= config.coupling() * sent;
  }

  private List<Set<String>> dealt(List<Unit> units) {
    List<List<Unit>> hands = new ArrayList<>();
    for (int i = 0; i < Math.min(config.parts(), units.size()); i++) {
      hands.add(new ArrayList<>());
    }
    List<Unit> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingInt(Unit::demands).reversed());
    for (Unit u : sorted) {
      Collections.min(hands, Comparator.comparingInt(hand -> Unit.of(hand).demands())).add(u);
    }
    Unit all = Unit.of(units);
    double rate = all.surplus(0) / Math.max(1, all.demands());
    boolean better = true;
    while (better) {
      better = false;
      for (int i = 0; i < hands.size(); i++) {
        for (int j = i + 1; j < hands.size(); j++) {
          better |= exchange(hands.get(i), hands.get(j), rate);
        }
      }
    }
    return new ArrayList<>(hands.stream().map(hand -> Unit.of(hand).locations()).toList());
  }

  /**
   * Exchanges two locations where that leaves both sides nearer to each other; at most one pair.
   */
  private static boolean exchange(List<Unit> a, List<Unit> b, double rate) {
    double over = Unit.of(a).surplus(rate) - Unit.of(b).surplus(rate);
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        Unit p = a.get(i);
        Unit q = b.get(j);
        double left = over - 2 * (p.surplus(rate) - q.surplus(rate));
        if (p.demands() == q.demands() && Math.abs(left) < Math.abs(over) * (1 - 1e-9)) {
          a.set(i, q);
          b.set(j, p);
          return true;
        }
      }
    }
    return false;
  }
}
