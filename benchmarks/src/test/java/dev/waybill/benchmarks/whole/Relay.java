package dev.waybill.benchmarks.whole;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A port of this machine that hands everything on to another one, and counts what comes back. */
final class Relay implements Closeable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private volatile boolean cut;
  private final AtomicLong backBytes = new AtomicLong();
  private final List<Socket> open = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();

  /** Bytes that were sent after {@code since} and before {@code until}. */
  private record Passed(long since, long until, int bytes) {}

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

  /**
   * The most bytes that the target has certainly sent in one second: what was read late because
   * this thread woke up late counts only where all of the time in which it may have come is within.
   */
  synchronized long mostInASecond() {
    List<Passed> all = new ArrayList<>(passed);
    all.sort(Comparator.comparingLong(Passed::since));
    long most = 0;
    for (int first = 0; first < all.size(); first++) {
      long end = all.get(first).since + 1_000_000_000L;
      long sum = 0;
      for (int i = first; i < all.size() && all.get(i).since < end; i++) {
        sum += all.get(i).until <= end ? all.get(i).bytes : 0;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private synchronized void note(long since, long until, int bytes) {
    backBytes.addAndGet(bytes);
    passed.add(new Passed(since, until, bytes));
  }

  /** From now on nothing gets through, and nobody is told: the connections stay. */
  void cut() {
    cut = true;
  }

  /** What comes from now on gets through, on new connections. */
  synchronized void mend() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
    cut = false;
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
        start(() -> hand(from, to, (since, until, n) -> {}));
        start(() -> hand(to, from, this::note));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private synchronized Socket kept(Socket socket) {
    open.add(socket);
    return socket;
  }

  private interface Count {
    void passed(long since, long until, int bytes);
  }

  private void hand(Socket from, Socket to, Count count) {
    byte[] buffer = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      long since = System.nanoTime();
      for (int n; (n = in.read(buffer)) >= 0; ) {
        long until = System.nanoTime();
        if (!cut) {
          count.passed(since, until, n);
          out.write(buffer, 0, n);
        }
        // Where the buffer was too small, what comes next may have been there before.
        since = n < buffer.length ? until : since;
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
