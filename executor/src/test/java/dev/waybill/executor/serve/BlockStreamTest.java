package dev.waybill.executor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.wire.Wire;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.unit.DataRate;
import dev.waybill.runtime.identity.Peer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream asks of a way that carries its rate, and of one that does not. */
class BlockStreamTest {
  private static final double RATE = 4e6;

  @TempDir Path dir;

  @Test
  void aStreamThatGetsThroughIsPacedAndNothingElse() throws Exception {
    Way way = stream(Duration.ZERO);
    assertThat(way.pace).isBetween(RATE, 1.05 * RATE);
    assertThat(way.contended).isZero();
  }

  @Test
  void aStreamThatDoesNotGetThroughContends() throws Exception {
    // A chunk is what the rate brings in 16 ms.
    assertThat(stream(Duration.ofMillis(40)).contended).isPositive();
  }

  private Way stream(Duration chunk) throws Exception {
    Sample sample = Sample.of("a@1", 8_000_000, 64 << 10, 1);
    int last = sample.blocks() - 1;
    Way way = new Way(chunk);
    try (BlockStore store = Stores.open(dir)) {
      sample.storeDurablyIn(sample.openedIn(store), 0, last);
      BlockRequest request =
          new BlockRequest(7, sample.id(), new BlockRange(0, last), 1, new DataRate(RATE));
      Pacer pacer = new Pacer(RATE, System.nanoTime());
      BlockStream.Patience patience = BlockStream.Patience.DEFAULT;
      StreamListener listener = (file, block) -> {};
      new BlockStream(store, request, patience, listener, way, pacer).run();
    }
    return way;
  }

  /** Takes so long for each part of a file. */
  private static final class Way implements Wire {
    private final Duration chunk;
    private double pace;
    private int contended;

    Way(Duration chunk) {
      this.chunk = chunk;
    }

    @Override
    public void pace(double bytesPerSecond) {
      pace = bytesPerSecond;
    }

    @Override
    public void contend() {
      contended++;
    }

    @Override
    public void send(FileChannel file, long position, int count) {
      if (!chunk.isZero()) {
        LockSupport.parkNanos(chunk.toNanos());
      }
    }

    @Override
    public void write(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public Peer peer() {
      return new Peer.Unsecured();
    }

    @Override
    public int read(ByteBuffer into) {
      return -1;
    }

    @Override
    public int receiveBuffer() {
      return 0;
    }

    @Override
    public void patience(long millis) {}

    @Override
    public void within(long millis) {}

    @Override
    public void withoutHaste() {}

    @Override
    public void whenStuck(long millis, Runnable told) {}

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
