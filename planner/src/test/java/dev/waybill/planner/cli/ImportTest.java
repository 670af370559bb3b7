package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} makes of input that is right. */
class ImportTest {
  /**
   * Speeds in Mbit/s; node 4 belongs to another network, node 5 is a shared medium:
   *
   * <pre>
   *   A --8-- B --8-- D        A to D: two hops over B, one slow one directly
   *    \---------1----/        B to E: two parallel links of 16, E is node 4
   *   B ==16+16== E            E to D over the medium
   * </pre>
   */
  private static final String GML =
      """
      # A comment.
      graph [
        label "Tiny Net"
        directed 0
        node [ id 0 label "A" Internal 1 Latitude 0 Longitude 0 ]
        node [ id 1 label "B" Latitude 0 Longitude 1 ]
        node [ id 2 label "Zürich &amp; (D)" Internal 1 Latitude 0 Longitude 2 ]
        node [ id 4 label "B" Internal 0 Latitude 0 Longitude 3 ]
        node [ id 5 hyperedge 1 Latitude 1 Longitude 3 ]
        edge [ source 0 target 1 LinkSpeedRaw 8000000.0 ms 1 ]
        edge [ source 1 target 2 LinkSpeedRaw 8e6 ms 1 ]
        edge [ source 0 target 2 LinkSpeedRaw 1000000 ms 5 ]
        edge [ source 1 target 4 LinkSpeedRaw 16000000 ms 1 ]
        edge [ source 4 target 1 LinkSpeedRaw 16000000 ms 1 ]
        edge [ source 4 target 5 ms 1 ]
        edge [ source 5 target 2 ms 1 ]
        edge [ source 2 target 2 LinkSpeedRaw 1 ms 1 ]
      ]
      """;

  @TempDir private Path folder;

  private Problem make(String... words) throws Exception {
    return Ran.problem(folder, words);
  }

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void graphBecomesHostsLinksAndShortestPaths() throws Exception {
    String file = write("tiny.gml", GML);
    Problem p =
        make("topology-zoo", file, "--source", "A", "--default-speed", "500000", "--blocks", "10");
    assertThat(p.name()).isEqualTo("tiny-net");
    Network n = p.network();
    assertThat(n.hosts().keySet()).containsExactly("A", "B@1", "Zurich-D", "B@4");
    assertThat(Ran.capacities(n))
        .containsEntry("A--B@1", 1e6)
        .containsEntry("B@1--A", 1e6)
        .containsEntry("A--Zurich-D", 125_000.0)
        .containsEntry("B@1--B@4", 4e6)
        .containsEntry("B@4--node", 500_000.0)
        .hasSize(12);
    assertThat(n.via("A", "Zurich-D")).containsExactly("A--Zurich-D");
    assertThat(n.via("A", "B@4")).containsExactly("A--B@1", "B@1--B@4");
    assertThat(n.via("Zurich-D", "B@4")).hasSize(2).contains("Zurich-D--B@1");
    assertThat(n.hosts().get("A").egress()).isEmpty();
    assertThat(p.demands()).extracting(Demand::host).containsExactly("B@1", "Zurich-D", "B@4");
    assertThat(p.held("A", "file")).isEqualTo(BlockSet.prefix(10));
  }

  @Test
  void pathsGoByWhatLinksWeigh() throws Exception {
    String file = write("tiny.gml", GML);
    for (String weight : List.of("inverse-speed", "ms")) {
      Network n =
          make("topology-zoo", file, "--source", "A", "--default-speed", "1", "--weight", weight)
              .network();
      assertThat(n.via("A", "Zurich-D")).as(weight).containsExactly("A--B@1", "B@1--Zurich-D");
    }
    Network n =
        make("topology-zoo", file, "--source", "A", "--default-speed", "1", "--weight", "distance")
            .network();
    assertThat(n.via("A", "B@4")).containsExactly("A--B@1", "B@1--B@4");
  }

  @Test
  void nodesOfOtherNetworksCanBeLeftOutAndHostsGivenInterfaces() throws Exception {
    String file = write("tiny.gml", GML);
    Problem p =
        make(
            "topology-zoo",
            file,
            "--source",
            "A",
            "--default-speed",
            "1",
            "--internal-only",
            "--up",
            "7",
            "--down",
            "9",
            "--demand",
            "Zurich-D",
            "--relays",
            "--name",
            "mine");
    assertThat(p.name()).isEqualTo("mine");
    assertThat(p.network().hosts().keySet()).containsExactly("A", "B@1", "Zurich-D");
    assertThat(p.network().way("A", "B@1")).containsExactly("A.up", "A--B@1", "B@1.down");
    assertThat(Ran.capacities(p.network()))
        .containsEntry("A.up", 7.0)
        .containsEntry("B@1.down", 9.0);
    assertThat(p.demands()).containsExactly(new Demand("Zurich-D", "file"));
    assertThat(p.network().hosts().values())
        .filteredOn(Host::relay)
        .extracting(Host::id)
        .containsExactly("B@1");
  }

  @Test
  void directedGraphHasItsLinksOneWay() throws Exception {
    String file =
        write("tiny.gml", GML.replace("directed 0", "directed 1").replace("label \"B\"", ""));
    Network n = make("topology-zoo", file, "--source", "A", "--default-speed", "1").network();
    assertThat(n.via("A", "node@1")).containsExactly("A--node@1");
    assertThat(n.via("node@1", "A")).isNull();
  }

  private static final String THROUGHPUT =
      """
      src_region,src_tier,src_instance,dst_region,dst_tier,dst_instance,throughput_sent_bps
      aws:a,PREMIUM,m,aws:b,PREMIUM,m,8000
      aws:b,PREMIUM,m,aws:a,PREMIUM,m,16000.5
      aws:a,PREMIUM,m,gcp:c,PREMIUM,m,80
      gcp:c,PREMIUM,m,aws:a,PREMIUM,m,80
      aws:a,PREMIUM,m,gcp:c,STANDARD,m,1
      aws:b,PREMIUM,m,gcp:c,PREMIUM,m,80
      gcp:c,PREMIUM,m,aws:b,PREMIUM,m,80
      """;

  private static final String COST =
      """
      src,dest,cost
      aws:a,aws:b,0.02
      aws:b,aws:a,0.02
      aws:a,gcp:c,0.09
      aws:b,gcp:c,0.09
      gcp:c,aws:a,0.12
      gcp:c,aws:b,0.12
      """;

  @Test
  void gridsBecomeRegionsWithLimitsAndPrices() throws Exception {
    String grid = write("grid.csv", THROUGHPUT);
    String cost = write("cost.csv", COST);
    Problem p = make("skyplane", grid, cost, "--source", "aws:a", "--vms", "3");
    Network n = p.network();
    assertThat(n.hosts().keySet()).containsExactly("aws:a", "aws:b", "gcp:c");
    assertThat(n.way("aws:b", "gcp:c"))
        .containsExactly("aws:b.egress", "aws:b--gcp:c", "gcp:c.ingress");
    assertThat(Ran.capacities(n))
        .containsEntry("aws:b.egress", 3 * 5 * 125e6)
        .containsEntry("gcp:c.ingress", 3 * 16 * 125e6)
        .containsEntry("aws:a--aws:b", 3000.0)
        .containsEntry("aws:b--aws:a", 6000.0)
        .containsEntry("aws:a--gcp:c", 30.0);
    assertThat(n.resources().get("aws:a--gcp:c").costPerByte()).isEqualTo(0.09e-9);
    assertThat(n.resources().get("aws:a.egress").costPerByte()).isZero();
  }

  @Test
  void machinesOfARegionCanBeHostsOfTheirOwn() throws Exception {
    String grid = write("grid.csv", THROUGHPUT);
    Problem p =
        make(
            "skyplane",
            grid,
            "--regions",
            "aws",
            "--vms",
            "2",
            "--separate-vms",
            "--source",
            "aws:a/1",
            "--egress-limit",
            "aws=1",
            "--ingress-limit",
            "none");
    assertThat(p.network().hosts().keySet())
        .containsExactly("aws:a/1", "aws:a/2", "aws:b/1", "aws:b/2");
    assertThat(p.network().way("aws:a/2", "aws:b/1"))
        .containsExactly("aws:a/2.egress", "aws:a--aws:b");
    assertThat(p.network().way("aws:a/1", "aws:a/2")).containsExactly("aws:a/1.egress");
    assertThat(Ran.capacities(p.network()))
        .containsEntry("aws:a/1.egress", 125e6)
        .containsEntry("aws:a--aws:b", 2000.0);
  }

  @Test
  void configurationOfCloudcastHasItsOwnLimitsAndCountsTheCost() throws Exception {
    String config =
        write(
            "c.json",
            """
            {"source_node": "aws:a", "dest_nodes": ["gcp:c"], "data_vol": 1.5, "num_partitions": 2,
             "ingress_limit": {"aws": 10, "gcp": 1}, "egress_limit": {"aws": 5}}
            """);
    Problem p =
        make("cloudcast", config, write("g.csv", THROUGHPUT), write("p.csv", COST), "--name", "x");
    assertThat(p.objective()).isEqualTo(new Objective(0, 0, 1, 0));
    assertThat(p.files().values())
        .containsExactly(new FileSpec("file", 1, new BlockLayout(1_500_000_000, 7_500_000)));
    assertThat(p.demands()).containsExactly(new Demand("gcp:c", "file"));
    assertThat(p.network().hosts().get("aws:b").relay()).isTrue();
    assertThat(p.network().hosts().get("gcp:c").egress()).isEmpty();
    assertThat(Ran.capacities(p.network())).containsEntry("gcp:c.ingress", 2 * 125e6);
  }

  @Test
  void sitesOfAGridBecomeHostsAndRouters() throws Exception {
    String grid =
        """
        #0)CERN
        #1)R_1
        #2)RAL
        0 1 1000 0 1000 0
        0 0 1000 0 155
        40 2 10 20 0 155 0
        """;
    Problem p = make("optorsim", write("g.conf", grid), "--source", "CERN", "--size", "100");
    assertThat(p.network().hosts().keySet()).containsExactly("CERN", "RAL");
    assertThat(p.network().via("CERN", "RAL")).containsExactly("CERN--R_1", "R_1--RAL");
    assertThat(Ran.capacities(p.network())).containsEntry("R_1--RAL", 155 * 125e3).hasSize(4);
    String nameless = grid.replaceAll("#.*\n", "");
    assertThat(
            make("optorsim", write("n.conf", nameless), "--source", "site0")
                .network()
                .hosts()
                .keySet())
        .containsExactly("site0", "site2");
  }

  @Test
  void saysWhatItHasMade() throws Exception {
    Path output = folder.resolve("i.json");
    List<String> words =
        List.of("synthetic", "--pattern", "equal", "--blocks", "7", "--output", output.toString());
    assertThat(Ran.imports(words).out().strip())
        .isEqualTo(
            "equal-32: 32 hosts, 64 resources, 0 paths, 1 files of 7 blocks, 31 demands;"
                + " written to "
                + output);
    List<String> asJson = new ArrayList<>(words);
    asJson.add("--json");
    JsonNode json = new ObjectMapper().readTree(Ran.imports(asJson).out());
    assertThat(json.get("instance").textValue()).isEqualTo("equal-32");
    assertThat(json.get("blocks").intValue()).isEqualTo(7);
  }
}
