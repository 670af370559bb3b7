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

/** A port of this machine that hands everything on to another one, and counts what comes back. */
final class Relay implements Closeable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private volatile boolean cut;
  private final AtomicLong backBytes = new AtomicLong();
  private final List<Socket> open = new ArrayList<>();

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
        start(() -> hand(from, to, new AtomicLong()));
        start(() -> hand(to, from, backBytes));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private synchronized Socket kept(Socket socket) {
    open.add(socket);
    return socket;
  }

  private void hand(Socket from, Socket to, AtomicLong count) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n; (n = in.read(buffer)) >= 0; ) {
        if (!cut) {
          out.write(buffer, 0, n);
          count.addAndGet(n);
        }
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
