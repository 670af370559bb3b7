package dev.waybill.planner.solve.cpsat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import java.util.ArrayList;
import java.util.List;

/**
 * The eight GPUs of a DGX-1 and the links between them, by which SCCL (Cai and others, Synthesizing
 * optimal collective algorithms, 2021) counts rounds: a chunk of 1,000 bytes is a block, and a
 * round is a second.
 */
final class Dgx1 {
  private static final int CHUNK = 1000;

  /** Chunks a round from the GPU of the row to the GPU of the column. */
  private static final String[] LINKS = {
    "02112000", "20120100", "11020020", "12200001", "20000211", "01002012", "00201102", "00011220"
  };

  private Dgx1() {}

  /** GPU 0 has so many chunks, for all others. */
  static Problem broadcast(int chunks) {
    return problem(1, chunks);
  }

  /** Each has so many chunks, for all others. */
  static Problem allGather(int chunks) {
    return problem(LINKS.length, chunks);
  }

  private static Problem problem(int sources, int chunks) {
    List<Resource> resources = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < LINKS.length; i++) {
      hosts.add(new Host("gpu" + i, "at" + i, List.of(), List.of()));
      for (int j = 0; j < LINKS.length; j++) {
        double rate = CHUNK * (LINKS[i].charAt(j) - '0');
        if (rate > 0) {
          resources.add(new Resource(i + "-" + j, new DataRate(rate), 0));
          paths.add(new Path("at" + i, "at" + j, List.of(i + "-" + j)));
        }
      }
    }
    List<FileSpec> files = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    List<Demand> demands = new ArrayList<>();
    for (int s = 0; s < sources; s++) {
      files.add(new FileSpec("of" + s, 1, new BlockLayout((long) chunks * CHUNK, CHUNK)));
      holdings.add(new Holding("gpu" + s, "of" + s, BlockSet.prefix(chunks)));
      for (int j = 0; j < LINKS.length; j++) {
        if (j != s) {
          demands.add(new Demand("gpu" + j, "of" + s));
        }
      }
    }
    return new Problem(
        "dgx1",
        "",
        new Network(resources, paths, hosts),
        files,
        holdings,
        List.of(),
        List.of(),
        demands,
        Objective.MAKESPAN);
  }
}
