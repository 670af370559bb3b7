package dev.waybill.executor.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.waybill.executor.Sample;
import dev.waybill.executor.Stores;
import dev.waybill.executor.serve.DataPlane;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.wire.Buffers;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome.Succeeded;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy between real stores over a way on which no connection gets more than a share. */
class LanesTest {
  private static final double RATE = 8e6;

  @TempDir Path dir;

  @Test
  void aCopyThatOneConnectionDoesNotCarryGetsMoreOfThem() throws Exception {
    assertThat(connections(RATE, RATE / 3, 48_000_123)).isGreaterThan(2);
  }

  @Test
  void aCopyThatKeepsUpStaysOnOneConnection() throws Exception {
    assertThat(connections(RATE, 10 * RATE, 32_000_123)).isEqualTo(1);
  }

  @Test
  void aCopyThatOneThreadCanNotHashBeginsWithSeveralConnections() throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    int most = Math.min(4, Runtime.getRuntime().availableProcessors());
    assertThat(connections(1.2e9, 1e12, 32_000_123)).isBetween(2, most);
  }

  @Test
  void aSmallCopyIsNotDividedHoweverFastItIs() throws Exception {
    assertThat(connections(1.2e9, 1e12, 6_000_123)).isEqualTo(1);
  }

  /** How many connections a copy at {@code rate} takes where each carries {@code most} bytes/s. */
  private int connections(double rate, double most, int size) throws Exception {
    Sample sample = Sample.of("a@1", size, 64 << 10, 1);
    int last = sample.blocks() - 1;
    RecordingListener listener = new RecordingListener();
    try (BlockStore s = Stores.open(dir.resolve("s"));
        BlockStore r = Stores.open(dir.resolve("r"));
        DataPlane server = DataPlane.of(s, (file, block) -> {});
        Narrow way = new Narrow(server.address().port(), most);
        Copies copies =
            new Copies("r", r, server.wires(), new Buffers(), Duration.ofSeconds(5), listener)) {
      sample.storeDurablyIn(sample.openedIn(s), 0, last);
      sample.openedIn(r);
      copies.open(
          new CopyOrder(1, sample.id(), "s", "127.0.0.1:" + way.port(), 0, last, rate),
          BlockSet.of(0, last));
      assertThat(listener.outcome()).isInstanceOf(Succeeded.class);
      r.publish(sample.id());
      assertThat(dir.resolve("r/files/a")).hasBinaryContent(sample.bytes());
      return way.connections.get();
    }
  }

  /** A port that hands on to another one, so many bytes a second on each connection. */
  private static final class Narrow implements Closeable {
    private static final int CHUNK = 4 << 10;

    private final ServerSocket listening =
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final double most;
    private final AtomicInteger connections = new AtomicInteger();

    Narrow(int target, double most) throws IOException {
      this.target = target;
      this.most = most;
      start(this::accept);
    }

    int port() {
      return listening.getLocalPort();
    }

    private static void start(Runnable task) {
      Thread thread = new Thread(task, "narrow");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket from = listening.accept();
          // What is under way is to be little, or a closed connection would have brought much.
          from.setSendBufferSize(16 << 10);
          Socket to = new Socket();
          to.setReceiveBufferSize(16 << 10);
          to.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
          connections.incrementAndGet();
          start(() -> hand(from, to, Double.POSITIVE_INFINITY));
          start(() -> hand(to, from, most));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private static void hand(Socket from, Socket to, double most) {
      byte[] chunk = new byte[CHUNK];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        long since = System.nanoTime();
        double due = 0;
        for (int n; (n = in.read(chunk)) >= 0; ) {
          to.getOutputStream().write(chunk, 0, n);
          due += n / most;
          double ahead = due - (System.nanoTime() - since) / 1e9;
          if (ahead > 0) {
            Thread.sleep((long) (ahead * 1e3));
          }
        }
      } catch (IOException | InterruptedException e) {
        // One side has gone.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
