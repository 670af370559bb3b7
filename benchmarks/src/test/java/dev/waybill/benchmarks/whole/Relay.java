package dev.waybill.benchmarks.whole;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** A port of this machine that hands everything on to another one, and counts what comes back. */
final class Relay implements Closeable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final AtomicLong backBytes = new AtomicLong();
  private final List<Socket> open = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();

  private record Passed(long atNanos, int bytes) {}

  Relay(int target) throws IOException {
    this.target = target;
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Bytes that the target has sent through here. */
  long backBytes() {
    return backBytes.get();
  }

  /** The most bytes that the target has sent through here in any one second. */
  synchronized long mostInASecond() {
    long most = 0;
    long window = 0;
    int first = 0;
    for (Passed p : passed) {
      window += p.bytes;
      while (passed.get(first).atNanos <= p.atNanos - 1_000_000_000L) {
        window -= passed.get(first++).bytes;
      }
      most = Math.max(most, window);
    }
    return most;
  }

  private synchronized void note(int bytes) {
    passed.add(new Passed(System.nanoTime(), bytes));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = kept(listening.accept());
        Socket to = kept(new Socket(InetAddress.getLoopbackAddress(), target));
        start(() -> hand(from, to, n -> {}));
        start(
            () ->
                hand(
                    to,
                    from,
                    n -> {
                      backBytes.addAndGet(n);
                      note(n);
                    }));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private synchronized Socket kept(Socket socket) {
    open.add(socket);
    return socket;
  }

  private static void hand(Socket from, Socket to, IntConsumer count) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n; (n = in.read(buffer)) >= 0; ) {
        out.write(buffer, 0, n);
        count.accept(n);
      }
    } catch (IOException e) {
      // One side has gone; the other one learns of it by the end of its stream.
    }
  }

  @Override
  public synchronized void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
