package dev.waybill.planner.http;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.Enrol;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Renew;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.RequestFinal;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bottleneck;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.master.MasterEvent;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.Exchange;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.http.Routes;
import dev.waybill.runtime.identity.RefusalLog;
import dev.waybill.runtime.identity.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The master's API: which request is which event or question. */
final class MasterApi {
  private static final int BODY_LIMIT = 8 << 20;
  private static final long MAX_WAIT_MILLIS = 30_000;

  private final Supplier<@Nullable Leadership> role;
  private final Questions questions;
  private final @Nullable Enrolment enrolment;
  private final RefusalLog refusals;

  /**
   * @param role whether this master leads; null while it does not know
   * @param enrolment null where this master issues no certificates
   * @param refusals whom its server has turned away
   */
  MasterApi(
      Supplier<@Nullable Leadership> role,
      Questions questions,
      @Nullable Enrolment enrolment,
      RefusalLog refusals) {
    this.role = role;
    this.questions = questions;
    this.enrolment = enrolment;
    this.refusals = refusals;
  }

  private MasterLoop loop() throws Refusal {
    Leadership leadership = role.get();
    if (leadership == null) {
      throw new Refusal(503, "this master is starting");
    }
    return leadership.loop();
  }

  Routes routes() {
    return new Routes(BODY_LIMIT)
        .post("/v1/report", this::report)
        .get("/v1/orders", this::orders)
        .get("/v1/manifest", Access.of(this::manifest, Role.HOST, Role.CLIENT))
        .post("/v1/publications", Access.of(this::open, Role.CLIENT))
        .get("/v1/publications", Access.of(this::newest, Role.CLIENT))
        .get("/v1/publication", Access.of(this::publication, Role.CLIENT))
        .post("/v1/blocks", Access.of(this::announce, Role.CLIENT))
        .post("/v1/final", Access.of(this::requestFinal, Role.CLIENT))
        .post("/v1/demands", Access.of(this::demand, Role.CLIENT))
        .get("/v1/explain", Access.of(this::explain, Role.CLIENT))
        .post("/v1/what-if", Access.of(this::whatIf, Role.CLIENT))
        .post("/v1/withdrawals", Access.of(this::withdraw, Role.CLIENT))
        .get("/v1/status", Access.of(this::status, Role.CLIENT))
        .get("/v1/trace", Access.of(this::trace, Role.CLIENT))
        .get("/v1/snapshot", Access.of(this::snapshot, Role.CLIENT))
        .post("/v1/enrol", Endpoint.of(this::enrol))
        .post("/v1/renew", Endpoint.of(this::renew))
        .get("/", Access.of(Endpoint.of(this::page), Role.CLIENT));
  }

  private CompletionStage<Answer> report(Exchange x) throws IOException, Refusal {
    Report report = x.body(Report.class);
    Access.require(x.peer(), Role.HOST, report.host());
    return loop().submit(new MasterEvent.Reported(report)).thenApply(MasterApi::jsonOrNothing);
  }

  private CompletionStage<Answer> orders(Exchange x) throws Refusal {
    String host = x.parameter("host", s -> s);
    Access.require(x.peer(), Role.HOST, host);
    long seen = x.parameter("seen", Long::parseLong);
    long asked = x.parameter("wait", Long::parseLong);
    long wait = Math.min(MAX_WAIT_MILLIS, Math.max(0, asked));
    return loop()
        .awaitOrders(host, seen, Duration.ofMillis(wait))
        .thenApply(MasterApi::jsonOrNothing);
  }

  private CompletionStage<Answer> manifest(Exchange x) throws Refusal {
    FileId file = x.parameter("file", FileId::parse);
    int from = x.parameter("from", Integer::parseUnsignedInt);
    return loop()
        .ask((state, now) -> state.manifest(file, Math.max(0, from)))
        .thenApply(page -> json(page, "nobody has published " + file));
  }

  private CompletionStage<Answer> open(Exchange x) throws IOException, Refusal {
    return loop()
        .submit(new MasterEvent.PublicationOpened(x.body(OpenPublication.class)))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> newest(Exchange x) throws Refusal {
    String name = x.parameter("name", s -> s);
    return loop()
        .ask((state, now) -> Optional.ofNullable(state.newest(name)))
        .thenApply(MasterApi::jsonOrNothing);
  }

  private CompletionStage<Answer> publication(Exchange x) throws Refusal {
    FileId file = x.parameter("file", FileId::parse);
    return loop()
        .ask((state, now) -> state.publication(file))
        .thenApply(p -> json(p, "nobody has published " + file));
  }

  private CompletionStage<Answer> announce(Exchange x) throws IOException, Refusal {
    return loop()
        .submit(new MasterEvent.BlocksAnnounced(x.body(AnnounceBlocks.class)))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> requestFinal(Exchange x) throws IOException, Refusal {
    return loop()
        .submit(new MasterEvent.FinalRequested(x.body(RequestFinal.class).name()))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> demand(Exchange x) throws IOException, Refusal {
    MasterLoop loop = loop();
    PutDemand demand = x.body(PutDemand.class);
    return loop.ask((state, now) -> Optional.ofNullable(state.admission(demand, now)))
        .thenApplyAsync(problem -> problem.map(LowerBound::of))
        .thenCompose(
            bound -> {
              Double deadline = demand.deadlineSeconds();
              if (bound.isPresent() && deadline != null && bound.get().seconds() > deadline) {
                throw new CompletionException(impossible(deadline, bound.get()));
              }
              return loop.submit(new MasterEvent.DemandPut(demand)).thenApply(Answer::json);
            });
  }

  /** With the proof: the bound, why it holds, and the resources that bind. */
  private static Refusal impossible(double deadline, Bound bound) {
    List<String> binding = bound.bottlenecks().stream().limit(5).map(Bottleneck::resource).toList();
    return new Refusal(
        409,
        String.format(
            Locale.ROOT,
            "no schedule meets a deadline of %.1f s: it takes at least %.1f s, because %s%s",
            deadline,
            bound.seconds(),
            bound.because(),
            binding.isEmpty() ? "" : "; binding: " + String.join(", ", binding)));
  }

  private CompletionStage<Answer> explain(Exchange x) throws Refusal {
    String host = x.parameter("host", s -> s);
    String file = x.parameter("file", s -> s);
    Long version = x.parameter("version").isEmpty() ? null : x.parameter("version", Long::valueOf);
    return loop()
        .ask((state, now) -> Optional.ofNullable(state.explain(host, file, version, now)))
        .thenApply(e -> json(e.orElse(null), "there is no host " + host + " or no file " + file));
  }

  private CompletionStage<Answer> whatIf(Exchange x) throws IOException, Refusal {
    WhatIf changes = x.body(WhatIf.class);
    return loop()
        .ask((state, now) -> state.open(now).problem())
        .thenCompose(problem -> questions.answer(problem, changes))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> withdraw(Exchange x) throws IOException, Refusal {
    return loop()
        .submit(new MasterEvent.WithdrawAsked(x.body(Withdraw.class)))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> status(Exchange x) throws Refusal {
    String file = x.parameter("file").orElse(null);
    return loop()
        .ask((state, now) -> state.status(file, now).refusing(refusals.recent()))
        .thenApply(Answer::json);
  }

  private CompletionStage<Answer> trace(Exchange x) throws Refusal {
    String name = x.parameter("file", s -> s);
    boolean newest = x.parameter("version").isEmpty();
    Long version = newest ? null : x.parameter("version", Long::parseLong);
    return loop()
        .ask((state, now) -> state.trace(name, version, now))
        .thenApply(t -> json(t, "nothing has been distributed of " + name));
  }

  private CompletionStage<Answer> snapshot(Exchange x) throws Refusal {
    return loop()
        .ask((state, now) -> state.snapshot(now).problem())
        .thenApply(problem -> Answer.json(instance(problem)));
  }

  private Answer enrol(Exchange x) throws IOException, Refusal {
    return Answer.json(issuing().enrol(x.body(Enrol.class)));
  }

  private Answer renew(Exchange x) throws IOException, Refusal {
    return Answer.json(issuing().renew(x.peer(), x.body(Renew.class)));
  }

  private Enrolment issuing() throws Refusal {
    if (enrolment == null) {
      throw new Refusal(409, "this master issues no certificates: it was started without --ca");
    }
    return enrolment;
  }

  /** Of the leader: a browser is sent there. */
  private Answer page(Exchange x) throws IOException, Refusal {
    MasterLoop unused = loop();
    return Dashboard.page();
  }

  private static byte[] instance(Problem problem) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      InstanceFormat.write(problem, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory is never full on its own", e);
    }
    return out.toByteArray();
  }

  private static Answer jsonOrNothing(Optional<?> message) {
    return message.<Answer>map(Answer::json).orElseGet(Answer::nothing);
  }

  private static Answer json(@Nullable Object message, String ifNone) {
    if (message == null) {
      throw new CompletionException(new Refusal(404, ifNone));
    }
    return Answer.json(message);
  }
}
