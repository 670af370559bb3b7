package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code import} says of malformed input: one line with the file, the place and the reason.
 */
class ImportErrorsTest {
  /** Two nodes and the link between them, in lines 1 to 6. */
  private static final String GML =
      """
      graph [
        label "Two"
        node [ id 0 label "A" Latitude 1.5 Longitude 2 ]
        node [ id 1 label "B" ]
        edge [ source 0 target 1 LinkSpeedRaw 8e6 ]
      ]
      """;

  private static final String THROUGHPUT =
      """
      src_region,src_tier,dst_region,dst_tier,throughput_sent_bps
      aws:a,PREMIUM,aws:b,PREMIUM,8000
      aws:b,PREMIUM,aws:a,PREMIUM,16000
      """;

  private static final String COST =
      """
      src,dest,cost
      aws:a,aws:b,0.02
      aws:b,aws:a,0.09
      """;

  private static final String CONFIG =
      """
      {"source_node": "aws:a", "dest_nodes": ["aws:b"], "data_vol": 300, "num_partitions": 10,
       "ingress_limit": {"aws": 10}, "egress_limit": {"aws": 5}}
      """;

  private static final String GRID =
      """
      #0)CERN
      #1)Router
      0 1 1000 0 2500
      0 0 2500 0
      """;

  @TempDir private Path folder;

  private Ran run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", folder.resolve("out.json").toString()));
    return Ran.imports(all);
  }

  private String write(String name, String text, String old, String replacement) throws Exception {
    assertThat(text).contains(old);
    return Files.writeString(folder.resolve(name), text.replace(old, replacement)).toString();
  }

  /** Status 2 and one line that begins with the file; nothing is written. */
  private void refused(Ran ran, String file, String rest) {
    assertThat(ran.err()).isEqualTo("waybill: " + file + ": " + rest);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(folder.resolve("out.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ' LinkSpeedRaw 8e6' | ''                  | line 5: edge from A to B has no LinkSpeedRaw; --default-speed sets it
          'Raw 8e6'           | 'Raw 0'             | line 5: edge from A to B: LinkSpeedRaw is not above 0
          'Raw 8e6'           | 'Raw -8e6'          | line 5: edge from A to B: LinkSpeedRaw is not above 0
          'Raw 8e6'           | 'Raw NaN'           | line 5: LinkSpeedRaw: not a number, string or list: 'NaN'
          'Raw 8e6'           | 'Raw 1e999'         | line 5: LinkSpeedRaw: not a number, string or list: '1e999'
          'Raw 8e6'           | 'Raw "8e6"'         | line 5: LinkSpeedRaw: not a number
          'Raw 8e6'           | 'Raw 8 LinkSpeedRaw 9' | line 5: LinkSpeedRaw: this key is there twice
          'target 1'          | 'target 7'          | line 5: edge: target 7 is no node
          'source 0'          | 'source 0.5'        | line 5: source: not a whole number below 2^31: 0.5
          'source 0 '         | ''                  | line 5: an edge has no source
          'id 1 '             | ''                  | line 4: a node has no id
          'id 1 '             | 'id 0 '             | line 4: a second node with id 0
          'id 1 '             | 'id "1" '           | line 4: id: not a number
          'edge ['            | 'edge '             | line 5: edge: not a number, string or list: 'source'
          'label "Two"'       | 'label "Two" ] ]'   | line 2: a bracket that ends no list
          'edge ['            | 'edge 1 x ['        | line 5: edge: not a list
          'label "B"'         | 'label "B'          | line 4: label: the document ends within a string
          'label "B"'         | '17 "B"'            | line 4: not a key: '17'
          'label "Two"'       | 'label'             | line 3: label: not a number, string or list: 'node'
          'graph ['           | 'grap ['            | line 1: 0 graphs, not one
          """)
  void namesTheLineOfAGraph(String old, String replacement, String complaint) throws Exception {
    String file = write("two.gml", GML, old, replacement);
    refused(run("topology-zoo", file, "--source", "A"), file, complaint);
  }

  @Test
  void namesWhereAGraphBreaksOff() throws Exception {
    String file =
        Files.writeString(folder.resolve("cut.gml"), GML.substring(0, GML.indexOf(" Latitude")))
            .toString();
    String complaint = "line 3: the document ends within the list 'node', which begins in line 3";
    refused(run("topology-zoo", file, "--source", "A"), file, complaint);
    for (int length = 0; length < GML.length() - 2; length++) {
      Files.writeString(Path.of(file), GML.substring(0, length));
      Ran ran = run("topology-zoo", file, "--source", "A");
      assertThat(ran.status()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).startsWith("waybill: " + file + ": line ").hasLineCount(1);
    }
  }

  @Test
  void namesWhatAWeightNeeds() throws Exception {
    String file = write("two.gml", GML, "Two", "Two");
    refused(
        run("topology-zoo", file, "--source", "A", "--weight", "distance"),
        file,
        "line 4: a node without Latitude");
    refused(
        run("topology-zoo", file, "--source", "A", "--weight", "Latency"),
        file,
        "line 5: edge from A to B has no Latency");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ',8000'             | ''                  | line 2: 4 columns, 5 expected
          ',8000'             | ',8000,'            | line 2: 6 columns, 5 expected
          ',8000'             | ',nan'              | line 2: throughput_sent_bps: not a number, zero or more: 'nan'
          ',8000'             | ',-8000'            | line 2: throughput_sent_bps: not a number, zero or more: '-8000'
          ',8000'             | ',1e999'            | line 2: throughput_sent_bps: not a number, zero or more: '1e999'
          'src_region,'       | 'region,'           | line 1: there is no column 'src_region'
          'aws:b,PREMIUM,aws:a' | 'aws:a,PREMIUM,aws:b' | line 3: a second row from 'aws:a' to 'aws:b'
          'aws:b,PREMIUM,aws:a' | 'aws b,PREMIUM,aws:a' | line 3: a region is not an identifier: 'aws b'
          'aws:b,PREMIUM,aws:a' | 'aws:c,PREMIUM,aws:a' | /: no throughput from 'aws:a' to 'aws:c'
          """)
  void namesTheLineOfAGrid(String old, String replacement, String complaint) throws Exception {
    String file = write("grid.csv", THROUGHPUT, old, replacement);
    refused(run("skyplane", file, "--source", "aws:a"), file, complaint);
  }

  @Test
  void namesWhatIsWrongWithPrices() throws Exception {
    String grid = write("grid.csv", THROUGHPUT, "8000", "8000");
    String costs = write("cost.csv", COST, "0.02", "free");
    refused(
        run("skyplane", grid, costs, "--source", "aws:a"),
        costs,
        "line 2: cost: not a number, zero or more: 'free'");
    write("cost.csv", COST, "aws:a,aws:b,0.02\n", "");
    refused(
        run("skyplane", grid, costs, "--source", "aws:a"),
        costs,
        "/: no cost from 'aws:a' to 'aws:b'");
  }

  @Test
  void saysThatAGzipFileIsNotWhole() throws Exception {
    Path whole = folder.resolve("grid.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(THROUGHPUT.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(run("skyplane", whole.toString(), "--source", "aws:a").status()).isZero();
    Files.delete(folder.resolve("out.json"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    refused(
        run("skyplane", cut.toString(), "--source", "aws:a"),
        cut.toString(),
        "/: not a whole gzip file: Unexpected end of ZLIB input stream");
  }

  @Test
  void saysThatTextIsNotUtf8() throws Exception {
    Path file = folder.resolve("latin.gml");
    Files.writeString(file, GML.replace("Two", "Zürich"), StandardCharsets.ISO_8859_1);
    Ran ran = run("topology-zoo", file.toString(), "--source", "A");
    assertThat(ran.err()).contains(file + ": line ").endsWith(": not UTF-8 from here on");
    assertThat(ran.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '"aws:b"]'           | '"aws:z"]'          | /dest_nodes/0: GRID has no region 'aws:z'
          '"aws:a",'           | '"aws:z",'          | /source_node: GRID has no region 'aws:z'
          '["aws:b"]'          | '["aws:b", "aws:b"]' | /dest_nodes/1: 'aws:b' is there twice
          '["aws:b"]'          | '"aws:b"'           | /dest_nodes: not an array
          '"data_vol": 300, '  | ''                  | /data_vol: this key is missing
          '"data_vol"'         | '"volume"'          | /volume: unknown key
          '300'                | '-300'              | /data_vol: not a number above 0
          '{"aws": 5}'         | '{"aws": "5"}'      | /egress_limit/aws: not a number above 0
          ': 10,'              | ': 2.5,'            | /num_partitions: not a whole number up to 1000000
          """)
  void namesThePlaceInAConfiguration(String old, String replacement, String complaint)
      throws Exception {
    String grid = write("grid.csv", THROUGHPUT, "8000", "8000");
    String costs = write("cost.csv", COST, "0.02", "0.02");
    String config = write("config.json", CONFIG, old, replacement);
    refused(run("cloudcast", config, grid, costs), config, complaint.replace("GRID", grid));
  }

  @Test
  void namesTheLineWhereAConfigurationBreaksOff() throws Exception {
    String grid = write("grid.csv", THROUGHPUT, "8000", "8000");
    String config = write("config.json", CONFIG, "{\"aws\": 5}}", "{\"aws\": 5");
    Ran ran = run("cloudcast", config, grid, grid);
    assertThat(ran.err()).startsWith("waybill: " + config + ": line 2: not JSON: ").hasLineCount(1);
    assertThat(ran.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '0 2500'      | '0'          | line 3: 4 columns, 5 expected
          '0 2500'      | '0 2500 0'   | line 3: 6 columns, 5 expected
          '2500 0'      | '2500 -1'    | line 4: column 4: not a number, zero or more: '-1'
          '2500 0'      | 'NaN 0'      | line 4: column 3: not a number, zero or more: 'NaN'
          '0 0 2500 0'  | '0'          | line 4: 1 columns, 2 at least
          '0 1 1000'    | '0 1.5 1000' | line 3: column 2: not a number of storage elements: '1.5'
          '#1)Router'   | '#2)Router'  | line 2: site 2 is named, and it is the turn of 1
          '#1)Router'   | ''           | line 4: 1 names and 2 sites
          """)
  void namesTheLineOfAnOptorSimGrid(String old, String replacement, String complaint)
      throws Exception {
    String file = write("grid.conf", GRID, old, replacement);
    refused(run("optorsim", file, "--source", "CERN"), file, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          synthetic                                       | --pattern is missing
          synthetic --pattern star                        | --pattern: 'star' is none of upload-tight, wan-tight, slowest-interface, linked-sites, equal, kumar-ross
          synthetic --pattern equal --hosts 0             | --hosts: not a whole number from 1 to 1000000: '0'
          synthetic --pattern equal --source h99          | --source: there is no host 'h99' among the 32
          synthetic --pattern equal --demand h1,h99       | --demand: there is no host 'h99' among the 32
          synthetic --pattern equal --demand h1,h0        | --demand: 'h0' is the source
          synthetic --pattern equal --demand h1,h1        | --demand: a host is there twice
          synthetic --pattern equal --failed s0.out       | --failed: there is no resource 's0.out'
          synthetic --pattern equal --file ../f           | --file: it is not a relative path: '../f'
          synthetic --pattern equal --name two/words,     | --name: it is not an identifier: 'two/words,'
          synthetic --pattern equal --size 1 --blocks 1   | --size and --blocks say the same; give one of them
          synthetic --pattern equal --resumed --growth 1  | --resumed and --growth don't go together
          synthetic --pattern equal --growth 0            | --growth: not above 0
          synthetic --pattern equal --objective speed=1   | --objective: 'speed' is none of makespan, weightedCompletion, cost, lateness
          synthetic --pattern equal --objective cost=-1   | --objective: not NAME=NUMBER: 'cost=-1'
          synthetic --pattern equal --weight hops         | --weight: no option of import synthetic
          synthetic --pattern equal more                  | 1 files, not none
          dgx1 --collective reduce                        | --collective: 'reduce' is neither broadcast nor all-gather
          dgx1 --source gpu8                              | --source: there is no host 'gpu8' among the 8
          ndv2 --collective all-gather --size 1000000001  | --size: not a multiple of 16, the number of GPUs
          topology-zoo                                    | 0 files, not GML
          nonsense                                        | KIND: 'nonsense' is none of topology-zoo, skyplane, cloudcast, optorsim, synthetic, dgx1, ndv2
          """)
  void namesTheOptionThatIsWrong(String line, String complaint) {
    Ran ran = run(line.split(" +"));
    assertThat(ran.err()).isEqualTo("waybill: " + complaint);
    assertThat(ran.status()).isEqualTo(2);
  }

  @Test
  void namesARegionThatTheGridDoesNotHave() throws Exception {
    String grid = write("grid.csv", THROUGHPUT, "8000", "8000");
    assertThat(run("skyplane", grid, "--source", "aws:a", "--regions", "aws,gcp").err())
        .isEqualTo("waybill: --regions: the grid has no region or cloud 'gcp'");
    assertThat(run("skyplane", grid, "--source", "aws:z").err())
        .isEqualTo("waybill: --source: there is no host 'aws:z' among the 2");
    assertThat(run("skyplane", grid).err()).isEqualTo("waybill: --source is missing");
  }

  @Test
  void wantsAnOutput() {
    assertThat(Ran.imports(List.of("synthetic", "--pattern", "equal")).err())
        .isEqualTo("waybill: --output is missing");
    assertThat(Ran.imports(List.of()).status()).isEqualTo(2);
  }

  @Test
  void isAnotherMatterWhereAFileIsNotThere() {
    String none = folder.resolve("none.gml").toString();
    Ran ran = run("topology-zoo", none, "--source", "A");
    assertThat(ran.err()).isEqualTo("waybill: " + none + ": no such file or folder");
    assertThat(ran.status()).isEqualTo(4);
    refused(run("topology-zoo", folder.toString()), folder.toString(), "/: a folder, not a file");
  }
}
