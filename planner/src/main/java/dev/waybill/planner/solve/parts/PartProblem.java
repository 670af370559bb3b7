package dev.waybill.planner.solve.parts;

import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The problem of one part of the network, as the planner's partitioned runs solve it: the part's
 * hosts and what is between them, with the copies of the backbone in progress.
 *
 * <p>Hosts of other parts are there only as the ends of copies in progress: one host that sends and
 * one that receives for each, at places of their own, so that nothing else can be sent to or from
 * them. A resource that several parts use is divided in proportion to their demands.
 */
final class PartProblem {
  private final Problem whole;
  private final Set<String> part;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<List<String>, Path> paths = new LinkedHashMap<>();

  private PartProblem(Problem whole, Set<String> part) {
    this.whole = whole;
    this.part = part;
  }

  /** How the capacity of what several parts use is divided. */
  static final class Shares {
    private final Map<String, Integer> users = new HashMap<>();
    private final List<Integer> demands = new ArrayList<>();

    Shares(Problem problem, List<Set<String>> parts) {
      for (Set<String> part : parts) {
        int count = (int) problem.demands().stream().filter(d -> isIn(problem, part, d)).count();
        demands.add(count);
        resourcesOf(problem.network(), part).forEach(r -> users.merge(r, count, Integer::sum));
      }
    }

    private static boolean isIn(Problem problem, Set<String> part, Demand d) {
      return part.contains(location(problem.network(), d.host()));
    }

    private double of(int part, String resource) {
      return demands.get(part) / (double) Math.max(1, users.getOrDefault(resource, 1));
    }
  }

  /**
   * @param parts the locations of each
   * @param index of the part
   * @param backbone copies that are planned already
   */
  static Problem of(
      Problem whole, List<Set<String>> parts, int index, Shares shares, List<Copy> backbone) {
    return new PartProblem(whole, parts.get(index)).build(index, shares, backbone);
  }

  private static String location(Network network, String host) {
    return Objects.requireNonNull(network.hosts().get(host), host).location();
  }

  private static Set<String> resourcesOf(Network network, Set<String> part) {
    Set<String> used = new LinkedHashSet<>();
    for (Host h : network.hosts().values()) {
      if (part.contains(h.location())) {
        used.addAll(h.egress());
        used.addAll(h.ingress());
      }
    }
    for (Path p : network.paths()) {
      if (part.contains(p.from()) && part.contains(p.to())) {
        used.addAll(p.via());
      }
    }
    return used;
  }

  private Problem build(int index, Shares shares, List<Copy> backbone) {
    Network network = whole.network();
    for (String id : resourcesOf(network, part)) {
      Resource r = Objects.requireNonNull(network.resources().get(id), id);
      double capacity = r.capacity().bytesPerSecond() * shares.of(index, id);
      resources.put(id, new Resource(id, new DataRate(capacity), r.costPerByte()));
    }
    for (Host h : network.hosts().values()) {
      if (part.contains(h.location())) {
        hosts.put(h.id(), h);
      }
    }
    for (Path p : network.paths()) {
      if (part.contains(p.from()) && part.contains(p.to())) {
        paths.put(List.of(p.from(), p.to()), p);
      }
    }
    List<Copy> inProgress = new ArrayList<>();
    whole.inProgress().forEach(c -> take(c, inProgress));
    backbone.forEach(c -> take(c, inProgress));
    return new Problem(
        whole.name(),
        "a part of a problem",
        new Network(
            List.copyOf(resources.values()),
            List.copyOf(paths.values()),
            List.copyOf(hosts.values())),
        List.copyOf(whole.files().values()),
        whole.holdings().stream().filter(h -> isHere(h.host())).toList(),
        whole.generations().stream().filter(g -> isHere(g.host())).toList(),
        inProgress,
        whole.demands().stream().filter(d -> isHere(d.host())).toList(),
        whole.objective());
  }

  private boolean isHere(String host) {
    return part.contains(location(whole.network(), host));
  }

  /** A copy that brings something to the part, or takes something of what the part uses. */
  private void take(Copy c, List<Copy> inProgress) {
    Host from = Objects.requireNonNull(whole.network().hosts().get(c.from()));
    Host to = Objects.requireNonNull(whole.network().hosts().get(c.to()));
    List<String> via = whole.network().via(from.location(), to.location());
    Set<String> way = new HashSet<>(from.egress());
    way.addAll(via == null ? List.of() : via);
    way.addAll(to.ingress());
    if (!isHere(to.id()) && way.stream().noneMatch(resources::containsKey)) {
      return;
    }
    Host sender = from;
    Host receiver = to;
    if (!isHere(from.id())) {
      sender = stub(from.id() + "#out", known(from.egress()), List.of());
    }
    if (!isHere(to.id())) {
      receiver = stub(to.id() + "#in", List.of(), known(to.ingress()));
    }
    if (!sender.equals(from) || !receiver.equals(to)) {
      paths.putIfAbsent(
          List.of(sender.location(), receiver.location()),
          new Path(sender.location(), receiver.location(), known(via == null ? List.of() : via)));
    }
    inProgress.add(
        new Copy(c.file(), sender.id(), receiver.id(), c.first(), c.last(), c.start(), c.rate()));
  }

  private Host stub(String id, List<String> egress, List<String> ingress) {
    return hosts.computeIfAbsent(id, i -> new Host(i, i, egress, ingress));
  }

  private List<String> known(Collection<String> ids) {
    return ids.stream().filter(resources::containsKey).toList();
  }
}
