package dev.waybill.runtime.client;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.Enrol;
import dev.waybill.model.protocol.Enrolled;
import dev.waybill.model.protocol.Explanation;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.ProblemDetails;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Renew;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.RequestFinal;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Trace;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.protocol.Withdrawn;
import dev.waybill.runtime.client.HttpConnection.Response;
import dev.waybill.runtime.identity.Sockets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Map<URI, HttpConnections> connections = new ConcurrentHashMap<>();

  /** Where there are standbys, a leader that does not answer is not waited for for long. */
  private static final Duration ANSWER_OF_SEVERAL = Duration.ofMillis(2500);

  /** Two plans are made for it, and others may be waiting. */
  private static final Duration PLAN = Duration.ofMinutes(2);

  private static final Duration POLL_OF_SEVERAL = Duration.ofSeconds(5);
  private final List<URI> masters;
  private final Duration answer;
  private final Sockets sockets;
  private volatile URI current;

  /**
   * Over connections that are not secured.
   *
   * @param masters {@code http://HOST:PORT} of a leader and its standbys, at least one
   */
  public MasterClient(List<URI> masters) {
    this(masters, Sockets.plain());
  }

  /**
   * @param masters {@code http://HOST:PORT} or {@code https://HOST:PORT} of a leader and its
   *     standbys, at least one
   * @param sockets secured or not, as the masters are
   */
  public MasterClient(List<URI> masters, Sockets sockets) {
    this.sockets = sockets;
    this.masters = List.copyOf(masters);
    if (masters.isEmpty()) {
      throw new IllegalArgumentException("no master");
    }
    this.answer = masters.size() > 1 ? ANSWER_OF_SEVERAL : ANSWER;
    this.current = masters.get(0);
  }

  /**
   * Tells the master a host's state; empty where it has no news beyond the orders that the report
   * names.
   */
  public Optional<Orders> report(Report report) throws IOException {
    return call("POST", "/v1/report", report, answer, Orders.class);
  }

  /**
   * Waits up to {@code wait} for orders newer than {@code seenRevision}; empty where there are
   * none.
   */
  public Optional<Orders> awaitOrders(String host, long seenRevision, Duration wait)
      throws IOException {
    boolean shorten = masters.size() > 1 && wait.compareTo(POLL_OF_SEVERAL) > 0;
    Duration longest = shorten ? POLL_OF_SEVERAL : wait;
    String path =
        "/v1/orders?host=%s&seen=%d&wait=%d"
            .formatted(escaped(host), seenRevision, longest.toMillis());
    return call("GET", path, null, longest.plus(answer), Orders.class);
  }

  /**
   * The checksums of a file version from block {@code from} on, as many as the master gives at
   * once.
   */
  public ManifestPage manifest(FileId file, int from) throws IOException {
    String path = "/v1/manifest?file=%s&from=%d".formatted(escaped(file.toString()), from);
    return some(call("GET", path, null, answer, ManifestPage.class));
  }

  public Publication openPublication(OpenPublication open) throws IOException {
    return some(call("POST", "/v1/publications", open, answer, Publication.class));
  }

  /** The newest version of a file; empty where nobody has published any. */
  public Optional<Publication> newest(String name) throws IOException {
    return call("GET", "/v1/publications?name=" + escaped(name), null, answer, Publication.class);
  }

  /** One version of a file. */
  public Publication publication(FileId file) throws IOException {
    String path = "/v1/publication?file=" + escaped(file.toString());
    return some(call("GET", path, null, answer, Publication.class));
  }

  public Publication announce(AnnounceBlocks blocks) throws IOException {
    return some(call("POST", "/v1/blocks", blocks, answer, Publication.class));
  }

  public Publication requestFinal(RequestFinal request) throws IOException {
    return some(call("POST", "/v1/final", request, answer, Publication.class));
  }

  public DemandAccepted demand(PutDemand demand) throws IOException {
    return some(call("POST", "/v1/demands", demand, answer, DemandAccepted.class));
  }

  /**
   * Why a host is where it is with a file.
   *
   * @param version null: the one that it is to have
   */
  public Explanation explain(String host, String file, @Nullable Long version) throws IOException {
    String which = version == null ? "" : "&version=" + version;
    String path = "/v1/explain?host=" + escaped(host) + "&file=" + escaped(file) + which;
    return some(call("GET", path, null, answer, Explanation.class));
  }

  /** Plans the live state with changes, without touching it. */
  public WhatIf.Answer whatIf(WhatIf changes) throws IOException {
    return some(call("POST", "/v1/what-if", changes, PLAN, WhatIf.Answer.class));
  }

  /** Takes a file back, or out of file sets. */
  public Withdrawn withdraw(Withdraw request) throws IOException {
    return some(call("POST", "/v1/withdrawals", request, answer, Withdrawn.class));
  }

  /**
   * @param file null: every file
   */
  public Status status(@Nullable String file) throws IOException {
    String path = file == null ? "/v1/status" : "/v1/status?file=" + escaped(file);
    return some(call("GET", path, null, answer, Status.class));
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

  /** A host's first certificate, for a token. */
  public Enrolled enrol(Enrol request) throws IOException {
    return some(call("POST", "/v1/enrol", request, answer, Enrolled.class));
  }

  /** The next certificate of whoever asks. */
  public Enrolled renew(Renew request) throws IOException {
    return some(call("POST", "/v1/renew", request, answer, Enrolled.class));
  }

  /** The master's state at this moment as a {@code waybill-instance/1} document. */
  public byte[] snapshot() throws IOException {
    return send("GET", "/v1/snapshot", null, answer).body();
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
    Deque<URI> ask = new ArrayDeque<>(masters);
    ask.addFirst(current);
    Set<URI> asked = new HashSet<>();
    IOException last = new IOException("no master");
    while (!ask.isEmpty()) {
      URI master = ask.removeFirst();
      if (!asked.add(master)) {
        continue;
      }
      try {
        Response response = connections(master).call(method, path, bytes, timeout);
        if (response.status() == 307) {
          leader(master, response).ifPresent(ask::addFirst);
          last = refused(response);
        } else if (response.status() == 503 && masters.size() > 1) {
          last = refused(response);
        } else if (response.status() >= 400) {
          current = master;
          throw refused(response);
        } else {
          current = master;
          return response;
        }
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
        String why = e.getMessage() == null ? "no answer" : e.getMessage();
        last = new IOException("the master at " + master + " can't be reached: " + why, e);
      }
    }
    throw last;
  }

  private HttpConnections connections(URI master) {
    return connections.computeIfAbsent(master, m -> new HttpConnections(sockets, m, CONNECT));
  }

  /** {@code http://HOST:PORT} of the master to which a standby sends its clients. */
  private static Optional<URI> leader(URI standby, Response response) {
    return Optional.of(response.location())
        .filter(l -> !l.isEmpty())
        .map(standby::resolve)
        .map(u -> URI.create(u.getScheme() + "://" + u.getAuthority()));
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
