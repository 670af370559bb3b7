package dev.waybill.benchmarks.compare;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Instance files of the tests: one file at the first host, which all others want. */
public final class Instances {
  private Instances() {}

  /** Hosts at one place with 100 bytes per second up, each byte of which costs 0.01, and down. */
  public static Problem equal(String name, int hosts, int blocks, Objective objective) {
    return problem(name, hosts, blocks, objective, false);
  }

  /** The same, and one more that no path leads to. */
  public static Problem cutOff(String name) {
    return problem(name, 3, 4, Objective.MAKESPAN, true);
  }

  private static Problem problem(
      String name, int hosts, int blocks, Objective objective, boolean cutOff) {
    List<Resource> resources = new ArrayList<>();
    List<Host> all = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      String id = "h" + i;
      resources.add(new Resource(id + ".up", new DataRate(100), 0.01));
      resources.add(new Resource(id + ".down", new DataRate(100), 0));
      String place = cutOff && i == hosts ? "moon" : "here";
      all.add(new Host(id, place, List.of(id + ".up"), List.of(id + ".down")));
    }
    return new Problem(
        name,
        "for <tests> & \"quotes\"",
        new Network(resources, List.of(), all),
        List.of(new FileSpec("f", 1, new BlockLayout(blocks * 100L, 100))),
        List.of(new Holding("h1", "f", BlockSet.prefix(blocks))),
        List.of(),
        List.of(),
        all.stream().skip(1).map(h -> new Demand(h.id(), "f")).toList(),
        objective);
  }

  /** Writes {@code problem} to a file of its name. */
  public static Path write(Problem problem, Path folder) throws IOException {
    Path file = folder.resolve(problem.name() + ".json");
    InstanceFormat.write(problem, file);
    return file;
  }
}
