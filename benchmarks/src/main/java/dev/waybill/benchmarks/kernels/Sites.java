package dev.waybill.benchmarks.kernels;

import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.instance.Pattern;

/**
 * The problem of the kernels' benchmarks: one file at one host that all others want, over sites of
 * 20 hosts whose uploads are short.
 */
final class Sites {
  private static final int HOSTS_PER_SITE = 20;
  private static final long BLOCK_BYTES = 1 << 20;

  private Sites() {}

  static Problem problem(int hosts, int blocks) {
    int sites = Math.max(1, hosts / HOSTS_PER_SITE);
    Network network = Pattern.UPLOAD_TIGHT.network(hosts, sites, 1);
    String source = network.hosts().keySet().iterator().next();
    return Distribution.toAll(network, source, Distribution.blocks("f", blocks, BLOCK_BYTES))
        .on("sites", "", network);
  }
}
