package dev.waybill.benchmarks.compare;

import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An instance of a comparison: what it is called, and how large it is.
 *
 * @param name unique within the comparison
 * @param file its path as given
 * @param blocks of all files
 * @param demandedBytes sum of the demanded files' sizes over the demands, held already or not
 * @param published what others have reached, by {@code published.json} beside the file
 */
public record InstanceFacts(
    String name,
    String file,
    String description,
    int hosts,
    int locations,
    int resources,
    int files,
    long blocks,
    int demands,
    double demandedBytes,
    Objective objective,
    List<Published> published) {
  public InstanceFacts {
    published = List.copyOf(published);
  }

  /** What there is to say of {@code problem}. */
  public static InstanceFacts of(Problem problem, Path file, List<Published> published) {
    double bytes = 0;
    for (Demand d : problem.demands()) {
      FileSpec f = problem.files().get(d.file());
      bytes += f == null ? 0 : f.layout().size();
    }
    return new InstanceFacts(
        problem.name(),
        file.toString(),
        problem.description(),
        problem.network().hosts().size(),
        (int) problem.network().hosts().values().stream().map(h -> h.location()).distinct().count(),
        problem.network().resources().size(),
        problem.files().size(),
        problem.files().values().stream().mapToLong(f -> f.layout().blockCount()).sum(),
        problem.demands().size(),
        bytes,
        problem.objective(),
        published);
  }

  /** The same; those whose names others have too are called by their files. */
  public static List<InstanceFacts> withUniqueNames(List<InstanceFacts> instances) {
    Map<String, Long> counts =
        instances.stream()
            .collect(Collectors.groupingBy(InstanceFacts::name, Collectors.counting()));
    return instances.stream()
        .map(i -> counts.getOrDefault(i.name, 1L) == 1 ? i : i.named(i.name + " (" + i.file + ")"))
        .toList();
  }

  private InstanceFacts named(String unique) {
    return new InstanceFacts(
        unique,
        file,
        description,
        hosts,
        locations,
        resources,
        files,
        blocks,
        demands,
        demandedBytes,
        objective,
        published);
  }
}
