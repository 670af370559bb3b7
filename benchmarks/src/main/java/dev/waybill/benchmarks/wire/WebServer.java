package dev.waybill.benchmarks.wire;

import dev.waybill.benchmarks.machine.ProcessUse;
import dev.waybill.benchmarks.machine.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the wire benchmark compares with: nginx, as one process that serves a folder plain and in
 * TLS 1.3, and curl, which verifies nothing.
 */
final class WebServer implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events {}
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        server { listen 127.0.0.1:%2$d; root %4$s; }
        server {
          listen 127.0.0.1:%3$d ssl;
          ssl_protocols TLSv1.3;
          ssl_certificate %1$s/certificate.pem;
          ssl_certificate_key %1$s/key.pem;
          root %4$s;
        }
      }
      """;

  private final Path folder;
  private final int plainPort;
  private final int securePort;
  private final Process nginx;

  private WebServer(Path folder, int plainPort, int securePort, Process nginx) {
    this.folder = folder;
    this.plainPort = plainPort;
    this.securePort = securePort;
    this.nginx = nginx;
  }

  /**
   * @param folder of its own
   * @param served whose files it serves
   */
  static WebServer start(Path folder, Path served) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Commands.run(
        folder,
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=127.0.0.1",
            "-keyout",
            folder.resolve("key.pem").toString(),
            "-out",
            folder.resolve("certificate.pem").toString()));
    int plainPort = Processes.freePort();
    int securePort = Processes.freePort();
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            CONFIGURATION.formatted(folder, plainPort, securePort, served));
    Process nginx =
        Commands.start(
            folder.resolve("nginx.log"),
            List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()));
    Commands.awaitPort(nginx, plainPort);
    return new WebServer(folder, plainPort, securePort, nginx);
  }

  /** Fetches a file with curl, and compares it afterwards. */
  Run fetch(Path source, boolean secure) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    String at = "127.0.0.1:" + (secure ? securePort : plainPort) + "/" + source.getFileName();
    List<String> curl = new ArrayList<>(List.of("curl", "--silent", "--fail", "--insecure"));
    curl.addAll(List.of("--output", out.toString(), (secure ? "https://" : "http://") + at));
    double senderBefore = ProcessUse.cpuSeconds(ProcessUse.of(nginx));
    double receiverBefore = ProcessUse.cpuSecondsOfChildren(ProcessUse.SELF);
    long beganNanos = System.nanoTime();
    Commands.run(folder, curl);
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    Run run =
        new Run(
            seconds,
            seconds,
            ProcessUse.cpuSeconds(ProcessUse.of(nginx)) - senderBefore,
            ProcessUse.cpuSecondsOfChildren(ProcessUse.SELF) - receiverBefore);
    Commands.requireSame(source, out);
    Files.delete(out);
    return run;
  }

  @Override
  public void close() throws InterruptedException {
    nginx.destroyForcibly().waitFor();
  }
}
