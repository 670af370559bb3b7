package dev.waybill.runtime.client;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.RequestFinal;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Trace;
import dev.waybill.runtime.client.HttpConnection.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The master's API as its clients call it. Every call goes to the master that answered last and
 * then to the others; it blocks, and may be made from any thread.
 *
 * <p>Every call throws {@link Refused} where the master says no, and another {@code IOException}
 * with one line for people where no master answers.
 */
public final class MasterClient {
  private static final Duration CONNECT = Duration.ofMillis(2500);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final List<HttpConnections> connections;
  private final List<URI> masters;
  private volatile int current;

  /**
   * @param masters {@code http://HOST:PORT} of a leader and its standbys, at least one
   */
  public MasterClient(List<URI> masters) {
    this.masters = List.copyOf(masters);
    this.connections =
        masters.stream()
            .map(m -> new HttpConnections(SocketFactory.getDefault(), m, CONNECT))
            .toList();
    if (masters.isEmpty()) {
      throw new IllegalArgumentException("no master");
    }
  }

  /**
   * Tells the master a host's state; empty where it has no news beyond the orders that the report
   * names.
   */
  public Optional<Orders> report(Report report) throws IOException {
    return call("POST", "/v1/report", report, ANSWER, Orders.class);
  }

  /**
   * Waits up to {@code wait} for orders newer than {@code seenRevision}; empty where there are
   * none.
   */
  public Optional<Orders> awaitOrders(String host, long seenRevision, Duration wait)
      throws IOException {
    String path =
        "/v1/orders?host=%s&seen=%d&wait=%d"
            .formatted(escaped(host), seenRevision, wait.toMillis());
    return call("GET", path, null, wait.plus(ANSWER), Orders.class);
  }

  /**
   * The checksums of a file version from block {@code from} on, as many as the master gives at
   * once.
   */
  public ManifestPage manifest(FileId file, int from) throws IOException {
    String path = "/v1/manifest?file=%s&from=%d".formatted(escaped(file.toString()), from);
    return some(call("GET", path, null, ANSWER, ManifestPage.class));
  }

  public Publication openPublication(OpenPublication open) throws IOException {
    return some(call("POST", "/v1/publications", open, ANSWER, Publication.class));
  }

  /** The newest version of a file; empty where nobody has published any. */
  public Optional<Publication> newest(String name) throws IOException {
    return call("GET", "/v1/publications?name=" + escaped(name), null, ANSWER, Publication.class);
  }

  /** One version of a file. */
  public Publication publication(FileId file) throws IOException {
    String path = "/v1/publication?file=" + escaped(file.toString());
    return some(call("GET", path, null, ANSWER, Publication.class));
  }

  public Publication announce(AnnounceBlocks blocks) throws IOException {
    return some(call("POST", "/v1/blocks", blocks, ANSWER, Publication.class));
  }

  public Publication requestFinal(RequestFinal request) throws IOException {
    return some(call("POST", "/v1/final", request, ANSWER, Publication.class));
  }

  public DemandAccepted demand(PutDemand demand) throws IOException {
    return some(call("POST", "/v1/demands", demand, ANSWER, DemandAccepted.class));
  }

  /**
   * @param file null: every file
   */
  public Status status(@Nullable String file) throws IOException {
    String path = file == null ? "/v1/status" : "/v1/status?file=" + escaped(file);
    return some(call("GET", path, null, ANSWER, Status.class));
  }

  /**
   * How the distribution of a file version goes beside its plan.
   *
   * @param version null: the newest one
   */
  public Trace trace(String file, @Nullable Long version) throws IOException {
    String path = "/v1/trace?file=" + escaped(file);
    String which = version == null ? "" : "&version=" + version;
    return some(call("GET", path + which, null, ANSWER, Trace.class));
  }

  /** The master's state at this moment as a {@code waybill-instance/1} document. */
  public byte[] snapshot() throws IOException {
    return send("GET", "/v1/snapshot", null, ANSWER).body();
  }

  private static <T> T some(Optional<T> answer) throws IOException {
    return answer.orElseThrow(() -> new IOException("the master gave no answer where one is due"));
  }

  private <T> Optional<T> call(
      String method, String path, @Nullable Object body, Duration timeout, Class<T> type)
      throws IOException {
    Response response = send(method, path, body, timeout);
    if (response.status() == 204) {
      return Optional.empty();
    }
    return Optional.of(parse(response, type));
  }

  private static <T> T parse(Response response, Class<T> type) throws IOException {
    try {
      return Messages.read(new ByteArrayInputStream(response.body()), "the master's answer", type);
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Response send(String method, String path, @Nullable Object body, Duration timeout)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : Messages.write(body);
    IOException last = new IOException("no master");
    for (int i = 0; i < masters.size(); i++) {
      int at = (current + i) % masters.size();
      try {
        Response response = connections.get(at).call(method, path, bytes, timeout);
        current = at;
        if (response.status() == 503 && masters.size() > 1) {
          last = refused(response);
          continue;
        }
        if (response.status() >= 400) {
          throw refused(response);
        }
        return response;
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
        String why = e.getMessage() == null ? "no answer" : e.getMessage();
        last = new IOException("the master at " + masters.get(at) + " can't be reached: " + why, e);
      }
    }
    throw last;
  }

  private static IOException refused(Response response) throws IOException {
    if (!response.contentType().startsWith("application/problem+json")) {
      return new IOException("status " + response.status() + " from something that is no master");
    }
    ProblemDetails problem = parse(response, ProblemDetails.class);
    return new Refused(problem);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A master answered, and the answer is no. */
  public static final class Refused extends IOException {
    private final ProblemDetails problem;

    Refused(ProblemDetails problem) {
      super(problem.detail());
      this.problem = problem;
    }

    public ProblemDetails problem() {
      return problem;
    }
  }
}
