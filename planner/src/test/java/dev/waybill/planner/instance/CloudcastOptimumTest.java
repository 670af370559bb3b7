package dev.waybill.planner.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The best known values of the Cloudcast instances: a minimum Steiner arborescence from the source
 * to the receivers over all regions, found exactly by dynamic programming over sets of receivers
 * (Dreyfus and Wagner 1971).
 */
class CloudcastOptimumTest {
  private static final double NEVER = 1e300;

  @ParameterizedTest
  @CsvSource({"intra-aws, 57.00", "intra-gcp, 141.00", "inter-agz, 160.50"})
  void leastCostOfTheTrafficIsThePublishedOne(String name, double dollars) throws Exception {
    Path folder = Path.of(System.getProperty("waybill.home"), "instances");
    Problem p = InstanceFormat.read(folder.resolve("cloudcast-" + name + ".json.gz"));
    List<String> hosts = List.copyOf(p.network().hosts().keySet());
    double[][] cost = costs(p, hosts);
    List<String> receivers = p.demands().stream().map(Demand::host).toList();
    double[][] least = new double[1 << receivers.size()][hosts.size()];
    for (int set = 1; set < least.length; set++) {
      double[] row = least[set];
      Arrays.fill(row, NEVER);
      if (Integer.bitCount(set) == 1) {
        row[hosts.indexOf(receivers.get(Integer.numberOfTrailingZeros(set)))] = 0;
      }
      for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
        for (int v = 0; v < row.length; v++) {
          row[v] = Math.min(row[v], least[part][v] + least[set ^ part][v]);
        }
      }
      extend(row, cost);
    }
    double optimum = least[least.length - 1][hosts.indexOf(p.holdings().get(0).host())];
    assertThat(optimum).isCloseTo(dollars, within(1e-9));
  }

  /** Lets every host reach the trees of the row over the cheapest way (Dijkstra). */
  private static void extend(double[] row, double[][] cost) {
    boolean[] done = new boolean[row.length];
    for (int round = 0; round < row.length; round++) {
      int next = -1;
      for (int v = 0; v < row.length; v++) {
        if (!done[v] && (next < 0 || row[v] < row[next])) {
          next = v;
        }
      }
      done[next] = true;
      for (int u = 0; u < row.length; u++) {
        row[u] = Math.min(row[u], cost[u][next] + row[next]);
      }
    }
  }

  private static double[][] costs(Problem p, List<String> hosts) {
    long size = p.files().values().iterator().next().layout().size();
    double[][] cost = new double[hosts.size()][hosts.size()];
    for (int i = 0; i < hosts.size(); i++) {
      for (int j = 0; j < hosts.size(); j++) {
        Set<String> way = Objects.requireNonNull(p.network().way(hosts.get(i), hosts.get(j)));
        cost[i][j] =
            size
                * way.stream().mapToDouble(r -> p.network().resources().get(r).costPerByte()).sum();
      }
    }
    return cost;
  }
}
