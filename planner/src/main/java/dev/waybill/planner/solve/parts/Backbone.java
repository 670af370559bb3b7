package dev.waybill.planner.solve.parts;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What has to pass between the parts of a problem of the planner: each part gets each file once, in
 * slices that its gateways share, from whoever holds them and from other parts' gateways.
 *
 * <p>It is planned to be done not as early as it could, but a little before the whole can be: each
 * gateway takes its slices in at that pace, so that a copy of the backbone is long and slow, and
 * gateways have most of their interfaces left for their own parts. A file has as many slices as
 * keep the pace within a gateway's share.
 *
 * <p>Gateways are the demanders with the widest interfaces. A slice is brought unless more hosts of
 * the part hold it than there are gateways: where fewer hold it, they have to send it to other
 * parts too, and their own part is to be fed like any other.
 */
final class Backbone {
  private final Problem problem;
  private final Slices slices;
  private final double seconds;
  private final Map<String, Map<String, BlockSet>> held = new HashMap<>();
  private final Set<Demand> demands = new LinkedHashSet<>();
  private final Map<String, Double> paces = new LinkedHashMap<>();

  private Backbone(Problem problem, PartsConfig config, double bound) {
    this.problem = problem;
    this.seconds = Math.max(bound, Double.MIN_NORMAL) / config.pace();
    double upload = wideUpload();
    this.slices =
        new Slices(
            problem,
            f -> {
              double pace = f.layout().size() / seconds;
              double count = Math.ceil(pace / (config.gatewayShare() * upload));
              return (int) Math.max(1, Math.min(config.gateways(), count));
            });
    for (Holding h : problem.holdings()) {
      held.computeIfAbsent(h.file(), f -> new HashMap<>()).put(h.host(), h.blocks());
    }
  }

  /** The problem of the backbone, and what makes copies of the whole problem of its copies. */
  record Question(Problem problem, Slices slices) {
    List<Copy> copies(List<Copy> planned) {
      return planned.stream().map(slices::ofFile).toList();
    }
  }

  /**
   * @param parts the locations of each
   * @param bound on the makespan of the whole, in seconds
   */
  static Question of(Problem problem, List<Set<String>> parts, PartsConfig config, double bound) {
    Backbone b = new Backbone(problem, config, bound);
    parts.forEach(b::demandsOf);
    return new Question(b.problem(), b.slices);
  }

  /** What one of the wider demanders can send: nine of ten have no more. */
  private double wideUpload() {
    double[] sorted =
        problem.demands().stream()
            .mapToDouble(d -> Division.least(problem.network(), host(d.host()).egress()))
            .sorted()
            .toArray();
    return sorted[(int) (0.9 * (sorted.length - 1))];
  }

  private void demandsOf(Set<String> part) {
    Map<String, List<Host>> demanders = new HashMap<>();
    for (Demand d : problem.demands()) {
      Host h = host(d.host());
      if (part.contains(h.location())) {
        demanders.computeIfAbsent(d.file(), f -> new ArrayList<>()).add(h);
      }
    }
    demanders.forEach((file, hosts) -> demandsFor(part, file, hosts));
  }

  private void demandsFor(Set<String> part, String file, List<Host> demanders) {
    Network network = problem.network();
    List<Host> widest = new ArrayList<>(demanders);
    widest.sort(
        Comparator.<Host>comparingDouble(
                h ->
                    Math.min(
                        Division.least(network, h.egress()), Division.least(network, h.ingress())))
            .reversed());
    List<Slices.Slice> of = slices.of(file);
    for (int i = 0; i < of.size(); i++) {
      if (holders(part, of.get(i)) <= of.size()) {
        String gateway = widest.get(i % widest.size()).id();
        demands.add(new Demand(gateway, of.get(i).name()));
        paces.merge(gateway, slices.bytes(of.get(i)) / seconds, Double::sum);
      }
    }
  }

  private long holders(Set<String> part, Slices.Slice slice) {
    return held.getOrDefault(slice.file(), Map.of()).entrySet().stream()
        .filter(e -> part.contains(host(e.getKey()).location()))
        .filter(e -> slice.blocks().minus(e.getValue()).isEmpty())
        .count();
  }

  private Host host(String id) {
    return Objects.requireNonNull(problem.network().hosts().get(id), id);
  }

  private Problem problem() {
    Set<String> involved = new HashSet<>();
    demands.forEach(d -> involved.add(d.host()));
    problem.holdings().forEach(h -> involved.add(h.host()));
    problem.generations().stream().map(Generation::host).forEach(involved::add);
    problem.inProgress().forEach(c -> involved.addAll(List.of(c.from(), c.to())));
    Network all = problem.network();
    List<Resource> resources = new ArrayList<>(all.resources().values());
    List<Host> hosts = new ArrayList<>();
    for (Host h : all.hosts().values()) {
      Double pace = paces.get(h.id());
      if (pace != null) {
        Resource limit = new Resource("pace:" + h.id(), new DataRate(pace), 0);
        resources.add(limit);
        List<String> ingress = new ArrayList<>(h.ingress());
        ingress.add(limit.id());
        hosts.add(
            new Host(h.id(), h.location(), h.egress(), ingress, h.relay(), h.storage(), null));
      } else if (h.relay() || involved.contains(h.id())) {
        hosts.add(h);
      }
    }
    return new Problem(
        problem.name(),
        "the backbone of a problem that is planned in parts",
        new Network(resources, all.paths(), hosts),
        slices.files(),
        slices.holdings(),
        slices.generations(),
        slices.inProgress(),
        List.copyOf(demands),
        Objective.MAKESPAN);
  }
}
