package dev.waybill.executor.cli;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.Fed;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.model.protocol.Status.Held;
import dev.waybill.model.protocol.Status.HostStatus;
import dev.waybill.runtime.identity.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;

/**
 * Runs the client commands against answers made here, so that the launcher can archive the classes
 * that they load and start them in a fraction of the time.
 */
final class ClientTraining {
  private static final FileId FILE = new FileId("training", 1);

  private static final int LONGEST_SECONDS = 20;

  private ClientTraining() {}

  /**
   * @param args nothing, or the folders with the credentials of a master, of the host {@code host}
   *     and of a client that signs, with which all is done once more in TLS
   */
  public static void main(String[] args) throws IOException {
    // A command that waits for another answer than it gets here must not hold the launcher up.
    CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS)
        .execute(() -> System.exit(1));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    Path file = Files.createTempFile("waybill", ".training");
    Files.write(file, new byte[1]);
    try {
      try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
        serve(server, address(server));
        train(file, List.of("--master", "http://" + address(server)));
      }
      if (args.length > 0) {
        try (ServerSocket master = secured(args[0]);
            ServerSocket host = secured(args[1])) {
          serve(master, address(host));
          serve(host, address(host));
          train(file, List.of("--master", "https://" + address(master), "--credentials", args[2]));
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static ServerSocket secured(String folder) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            Credentials.open(Path.of(folder))
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    return server;
  }

  private static String address(ServerSocket server) {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Answers as a master and as the only host, which has this address, until it is closed. */
  private static void serve(ServerSocket server, String host) {
    Thread thread = new Thread(() -> answer(server, host), "answers");
    thread.setDaemon(true);
    thread.start();
  }

  private static void train(Path file, List<String> more) {
    for (List<String> command :
        List.of(
            List.of("status", "--json"),
            List.of("status"),
            List.of("demand", "--file", FILE.name(), "--hosts", "all"),
            List.of("wait", "--file", FILE.name(), "--timeout", "5"),
            List.of("publish", file.toString(), "--as", FILE.name(), "--json"))) {
      List<String> words = new ArrayList<>(command);
      words.addAll(more);
      if (ExecutorMain.commandLine().run(words.toArray(String[]::new)) != 0) {
        throw new IllegalStateException(words + " failed");
      }
    }
  }

  private static void answer(ServerSocket server, String address) {
    while (true) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String request = in.readLine();
        int length = 0;
        for (String line; (line = in.readLine()) != null && !line.isEmpty(); ) {
          if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).trim());
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        byte[] body = Messages.write(answerTo(String.valueOf(request), address));
        OutputStream out = socket.getOutputStream();
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static Object answerTo(String request, String address) {
    if (request.contains("/v1/demands")) {
      return new DemandAccepted(FILE.name(), 1);
    }
    if (request.contains("/v1/status")) {
      Held held = new Held(FILE.name(), 1, 1, 2, 1, true, false, Status.Progress.RECEIVING, null);
      return new Status(
          List.of(new FileStatus(FILE.name(), 1, true, 2L, 2, 1, 1, 1.0, 1.0, 1.0)),
          List.of(new HostStatus("host", Status.State.UP, List.of(held))),
          List.of(new Status.Binding("link", 1)),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new Status.Planning(1, 0, 1, 1, 0, null));
    }
    if (request.contains("/v1/feed")) {
      return new Fed(BlockSet.EMPTY, BlockSet.EMPTY);
    }
    return new Publication(
        FILE, 1, 0, null, false, List.of(new Publication.Origin("host", address, BlockSet.EMPTY)));
  }
}
