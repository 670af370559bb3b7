package dev.waybill.benchmarks.whole;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.waybill.executor.transfer.Frame;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import dev.waybill.runtime.client.MasterClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that reports every block of a file that it has never got, and that answers whoever asks
 * for them as no executor does.
 */
final class Liar implements AutoCloseable {
  private static final Pattern FIRST = Pattern.compile("[?&]first=(\\d+)");
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private final MasterClient master;
  private final String host;
  private final FileId file;
  private final BlockLayout layout;
  private final Answer answer;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** What it sends after a head that is in order. */
  enum Answer {
    /** Blocks of the right length, of zeros. */
    OTHER_BYTES {
      @Override
      void to(OutputStream out, int block, BlockLayout layout) throws IOException {
        int length = (int) layout.length(block);
        out.write(new Frame.Block(block, length).encode().array());
        out.write(new byte[length]);
        out.flush();
      }
    },
    /** What is nothing at all. */
    GARBAGE {
      @Override
      void to(OutputStream out, int block, BlockLayout layout) throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        bytes[0] = 'x';
        out.write(bytes);
      }
    },
    /** A block that is longer than the file's blocks are. */
    TOO_MUCH {
      @Override
      void to(OutputStream out, int block, BlockLayout layout) throws IOException {
        out.write(new Frame.Block(block, 1 << 30).encode().array());
        for (int i = 0; i < 1024; i++) {
          out.write(new byte[1 << 20]);
        }
      }
    },
    /** A block's bytes, one now and then. */
    TRICKLE {
      @Override
      void to(OutputStream out, int block, BlockLayout layout)
          throws IOException, InterruptedException {
        out.write(new Frame.Block(block, (int) layout.length(block)).encode().array());
        while (true) {
          out.write(0);
          Thread.sleep(100);
        }
      }
    },
    /** Nothing. */
    NOTHING {
      @Override
      void to(OutputStream out, int block, BlockLayout layout) throws InterruptedException {
        Thread.sleep(600_000);
      }
    },
    /** That it waits for the block that it has. */
    WAITING {
      @Override
      void to(OutputStream out, int block, BlockLayout layout)
          throws IOException, InterruptedException {
        while (true) {
          out.write(new Frame.Waiting().encode().array());
          Thread.sleep(1000);
        }
      }
    };

    abstract void to(OutputStream out, int block, BlockLayout layout)
        throws IOException, InterruptedException;
  }

  Liar(MasterClient master, String host, FileId file, BlockLayout layout, Answer answer)
      throws IOException {
    this.master = master;
    this.host = host;
    this.file = file;
    this.layout = layout;
    this.answer = answer;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(this::report);
    begin(this::listen);
  }

  private static void begin(Runnable task) {
    Thread thread = new Thread(task, "liar");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!closed) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        begin(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Matcher first = FIRST.matcher(head(socket.getInputStream()));
      if (first.find()) {
        OutputStream out = socket.getOutputStream();
        out.write(HEAD);
        answer.to(out, Integer.parseInt(first.group(1)), layout);
      }
    } catch (IOException | InterruptedException e) {
      // The receiver has had enough.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private void report() {
    FileState all =
        new FileState(file, BlockSet.prefix(layout.blockCount()), layout.size(), 0, true);
    String address = "127.0.0.1:" + listening.getLocalPort();
    long seen = 0;
    for (long sequence = 1; !closed; sequence++) {
      Report report =
          new Report(
              host,
              "liar",
              address,
              sequence,
              seen,
              true,
              List.of(all),
              List.of(),
              List.of(),
              List.of());
      try {
        seen = master.report(report).map(Orders::revision).orElse(seen);
        Thread.sleep(300);
      } catch (IOException e) {
        if (!closed) {
          throw new IllegalStateException("the master does not take the liar's word", e);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
