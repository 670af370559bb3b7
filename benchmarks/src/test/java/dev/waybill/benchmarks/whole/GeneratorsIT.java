package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.RequestFinal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several generators at once, of files that grow side by side, through the same and through
 * different first hosts.
 *
 * <pre>
 *   a ---.
 *         h1 --- h2 --- h3   everybody wants all of them
 *   b ---'--------'      |
 *   c -------------------'
 * </pre>
 */
@Timeout(180)
final class GeneratorsIT {
  private static final int BLOCK = 64 << 10;
  private static final int BLOCKS = 90;
  private static final String[] HOSTS = {"h1", "h2", "h3"};

  @TempDir private Path folder;

  /** A file that grows, and the options of its generator. */
  private final class Growing {
    private final String name;
    private final byte[] content;
    private final Path source;
    private final String[] words;
    private int written;

    Growing(Cluster cluster, String name, int seed, String... options) throws IOException {
      this.name = name;
      this.content =
          Files.readAllBytes(cluster.random(name + ".whole", BLOCKS * BLOCK + seed, seed));
      this.source = Files.createFile(folder.resolve(name + ".source"));
      List<String> all = new ArrayList<>(List.of(source.toString(), "--as", name));
      all.addAll(List.of("--block-size", "" + BLOCK, "--follow", "--idle", "600"));
      all.addAll(List.of(options));
      this.words = all.toArray(String[]::new);
    }

    void grow(int bytes) throws IOException {
      int more = Math.min(bytes, content.length - written);
      try (OutputStream out = Files.newOutputStream(source, StandardOpenOption.APPEND)) {
        out.write(content, written, more);
      }
      written += more;
    }

    Daemon generator(Cluster cluster) throws IOException {
      return cluster.startGenerator(name, words);
    }

    /** The master has each block once, in order, and every host the same bytes. */
    void assertWhole(Cluster cluster) throws IOException {
      List<Checksum> blocks = new ArrayList<>();
      BlockLayout layout = new BlockLayout(content.length, BLOCK);
      for (int b = 0; b < layout.blockCount(); b++) {
        int from = (int) layout.offset(b);
        blocks.add(Checksum.of(ByteBuffer.wrap(content, from, (int) layout.length(b))));
      }
      assertThat(cluster.fileStatus(name).version()).isEqualTo(1);
      assertThat(cluster.client().manifest(new FileId(name, 1), 0).checksums()).isEqualTo(blocks);
      cluster.assertSame(folder.resolve(name + ".whole"), name, HOSTS);
    }
  }

  /** All of them grow for a while, by a block and a bit at a time. */
  private static void grow(List<Growing> files, int blocks) throws Exception {
    for (int i = 0; i < blocks; i++) {
      for (Growing f : files) {
        f.grow(BLOCK + 7);
      }
      Thread.sleep(50);
    }
  }

  private static int least(Cluster cluster, String file) throws IOException {
    int least = Integer.MAX_VALUE;
    for (String host : HOSTS) {
      least = Math.min(least, cluster.heldBlocks(host, file));
    }
    return least;
  }

  @Test
  void oneOfSeveralIsKilledAndGoesOnWhileTheOthersDoAndNothingIsMissingTwiceOrOutOfOrder()
      throws Exception {
    try (Cluster cluster = Cluster.start(folder, HOSTS.length, 8e6)) {
      Growing a = new Growing(cluster, "a", 1, "--to", "h1", "--expect-size", "" + 100 * BLOCK);
      Growing b = new Growing(cluster, "b", 2, "--to", "h1,h2", "--expect-size", "" + 80 * BLOCK);
      Growing c = new Growing(cluster, "c", 3, "--to", "h3");
      List<Growing> all = List.of(a, b, c);
      List<Daemon> generators = new ArrayList<>();
      for (Growing f : all) {
        cluster.client().demand(new PutDemand(f.name, null, List.of(), 1, null));
        generators.add(f.generator(cluster));
      }
      grow(all, 25);
      cluster.await("b is under way", () -> least(cluster, "b") > 5);

      cluster.kill("b");
      int known = cluster.fileStatus("b").blocks();
      grow(all, 25);
      for (String other : new String[] {"a", "c"}) {
        cluster.await(other + " goes on without b", () -> least(cluster, other) > 40);
      }
      assertThat(cluster.fileStatus("b").blocks()).isEqualTo(known);

      generators.set(1, b.generator(cluster));
      grow(all, BLOCKS - 50);
      for (Growing f : all) {
        assertThat(f.written).isEqualTo(f.content.length);
        cluster.client().requestFinal(new RequestFinal(f.name));
      }
      for (Daemon generator : generators) {
        assertThat(generator.awaitEnd(60)).as(cluster.logs()).isZero();
      }
      for (Growing f : all) {
        cluster.await(f.name + " is everywhere", () -> cluster.fileStatus(f.name).done());
        f.assertWhole(cluster);
      }
    }
  }
}
