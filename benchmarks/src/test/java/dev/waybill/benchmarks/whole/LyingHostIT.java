package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Status;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that says that it holds what it does not. */
@Timeout(180)
final class LyingHostIT {
  private static final String FILE = "f.bin";
  private static final int BLOCK = 128 << 10;
  private static final int BLOCKS = 40;

  @TempDir private Path folder;

  static Stream<Arguments> lies() {
    return Stream.of(
        arguments(Liar.Answer.OTHER_BYTES, "differs from its checksum"),
        arguments(Liar.Answer.GARBAGE, "no frame begins with byte 120"),
        arguments(Liar.Answer.TOO_MUCH, "can't have 1073741824 bytes"),
        arguments(Liar.Answer.TRICKLE, "what it sends comes too slowly"),
        arguments(Liar.Answer.NOTHING, "it has said nothing for too long"),
        arguments(Liar.Answer.WAITING, "and that it has it"));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void everybodyGetsTheFileBesideAHostThatLiesAboutWhatItHolds(Liar.Answer answer, String reason)
      throws Exception {
    try (Cluster cluster = Cluster.ofMaster(folder, 4, 4e6)) {
      for (String host : new String[] {"h1", "h3", "h4"}) {
        cluster.startExecutor(host);
      }
      Path source = cluster.random("source", BLOCKS * BLOCK, 41);
      String blockSize = Integer.toString(BLOCK);
      cluster.does(
          "publish", source.toString(), "--as", FILE, "--to", "h1", "--block-size", blockSize);
      FileId id = FileId.parse(FILE + "@1");
      BlockLayout layout = new BlockLayout((long) BLOCKS * BLOCK, BLOCK);
      try (Liar liar = new Liar(cluster.client(), "h2", id, layout, answer)) {
        cluster.awaitUp("h2");
        cluster.awaitUp("h3");
        cluster.awaitUp("h4");
        cluster.does("demand", "--file", FILE, "--hosts", "h3,h4");
        cluster.await("the liar is found out", () -> cluster.log("master").contains(reason));
        Status status = cluster.client().status(FILE);
        cluster.does("wait", "--file", FILE, "--timeout", "60");
        cluster.assertSame(source, FILE, "h3", "h4");
        assertThat(status.suspects())
            .anySatisfy(
                s -> {
                  assertThat(s.component()).isEqualTo("host:h2");
                  assertThat(s.evidence().get(0)).contains(reason);
                });
        if (answer != Liar.Answer.WAITING) {
          assertThat(cluster.log("h3") + cluster.log("h4"))
              .contains(reason)
              .contains("blamed: host:h2");
        }
        assertThat(cluster.does("status").out()).contains("host:h2");
      }
    }
  }
}
