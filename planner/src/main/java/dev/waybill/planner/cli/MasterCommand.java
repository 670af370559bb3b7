package dev.waybill.planner.cli;

import dev.waybill.model.json.NetworkFormat;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.protocol.Enrolled;
import dev.waybill.model.protocol.Renew;
import dev.waybill.planner.authority.CertificateAuthority;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.DatabaseCatalogue;
import dev.waybill.planner.http.Enrolment;
import dev.waybill.planner.http.MasterServer;
import dev.waybill.planner.http.NetworkWatch;
import dev.waybill.planner.master.FailureRules;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solver;
import dev.waybill.planner.solve.Solvers;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Security;
import dev.waybill.runtime.client.Renewal;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.PublisherTrust;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code master}: where the master's parts are given what they were configured with.
 */
final class MasterCommand implements Command {
  private static final Logger log = LoggerFactory.getLogger(MasterCommand.class);
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Duration SOLVE_LIMIT = Duration.ofSeconds(20);

  /** Hosts wait while the solver looks for the last percents. */
  private static final double GOOD_ENOUGH = 0.02;

  @Override
  public String name() {
    return "master";
  }

  @Override
  public String summary() {
    return "Runs the master: knows every host's state, plans, and gives executors their orders.";
  }

  @Override
  public String usage() {
    return "--network FILE [--listen HOST:PORT] [--data-dir DIR] [--period SECONDS] [--solver NAME]";
  }

  @Override
  public String example() {
    return "./waybill master --network network.json --listen 127.0.0.1:7000 --data-dir master-data";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("network", "FILE", "the waybill-network/1 file with resources, paths and hosts")
        .value("listen", "HOST:PORT", "where its API is served; default 127.0.0.1:7000")
        .value("data-dir", "DIR", "its durable state; default waybill-data/master")
        .value("advertise", "HOST:PORT", "where its clients reach it, if not where it listens")
        .value(
            "database",
            "JDBC-URL",
            "jdbc:postgresql://HOST:PORT/NAME, which several masters may share, or jdbc:sqlite:FOLDER")
        .value("period", "SECONDS", "a planning run at least this often; default 30")
        .value("grace", "SECONDS", "so long a host keeps what is in no file set; default 600")
        .value(
            "failure-threshold",
            "N",
            "accusations, less the older they are, that take a component out of service; default 5")
        .value("probation", "SECONDS", "until what is out of service is probed; default 30")
        .flag("use-measured", "plan with what slow resources give, and not with what is stated")
        .value("solver", "NAME", SolverOption.description())
        .value("ca", "DIR", "the folder of waybill ca, for hosts that enrol or renew certificates")
        .allowUnsigned()
        .security()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    if (!arguments.positional().isEmpty()) {
      throw CommandFailure.usage("unexpected argument '" + arguments.positional().get(0) + "'");
    }
    Path networkFile = Arguments.pathOf("--network", arguments.required("network"));
    HostPort listen = hostPort("listen", arguments.text("listen").orElse("127.0.0.1:7000"));
    Path folder = arguments.path("data-dir").orElse(Path.of("waybill-data", "master"));
    Credentials credentials = Security.credentials(arguments, Role.MASTER);
    Security.requireForListening(
        arguments, listen, credentials, "publish, demand, withdraw, and read every file");
    Enrolment enrolment = enrolment(arguments, credentials);
    Solver solver = SolverOption.of(arguments, Solvers::named);
    Fleet fleet = NetworkFormat.readFleet(networkFile);
    if (fleet.network().hosts().isEmpty()) {
      throw CommandFailure.usage(networkFile + ": /hosts: a network without hosts");
    }
    HostPort advertise =
        arguments.text("advertise").isEmpty()
            ? null
            : hostPort("advertise", arguments.required("advertise"));
    try (Catalogue catalogue = database(arguments, folder);
        MasterServer server =
            MasterServer.start(
                fleet,
                catalogue,
                solver,
                new MasterServer.Settings(
                    SolveLimits.forHosts(SOLVE_LIMIT, GOOD_ENOUGH),
                    config(arguments, credentials),
                    listen,
                    advertise,
                    folder,
                    credentials,
                    enrolment));
        NetworkWatch watch = NetworkWatch.start(networkFile, server::fleet)) {
      if (credentials != null && enrolment != null) {
        Renewal.start(credentials, request -> renewed(credentials, enrolment, request));
      }
      log.info(
          "master of {} hosts at {}://{}, state in {}",
          fleet.network().hosts().size(),
          credentials == null ? "http" : "https",
          server.address(),
          folder);
      awaitTermination();
    }
    return ExitStatus.DONE;
  }

  private static @Nullable Enrolment enrolment(
      Arguments arguments, @Nullable Credentials credentials) throws CommandFailure, IOException {
    Path authority = arguments.path("ca").orElse(null);
    if (authority == null) {
      return null;
    }
    if (credentials == null) {
      throw CommandFailure.usage("--ca: there is nothing to enrol for without --credentials");
    }
    return new Enrolment(authority, Clock.systemUTC());
  }

  private static Enrolled renewed(Credentials credentials, Enrolment enrolment, Renew request)
      throws IOException {
    try {
      return enrolment.renew(
          credentials.identity(),
          request,
          CertificateAuthority.addressesOf(credentials.certificate()));
    } catch (Refusal e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static MasterConfig config(Arguments arguments, @Nullable Credentials credentials)
      throws CommandFailure {
    MasterConfig standard = MasterConfig.standard();
    FailureRules rules = standard.failures();
    return standard
        .withManifests(PublisherTrust.policy(credentials, arguments.has("allow-unsigned")))
        .withPeriod(arguments.number("period", 0.1).orElse(standard.period()))
        .withGrace(arguments.number("grace", 0).orElse(standard.grace()))
        .withMeasured(arguments.has("use-measured"))
        .withFailures(
            new FailureRules(
                arguments.number("failure-threshold", 1).orElse(rules.threshold()),
                rules.halfLifeSeconds(),
                arguments.number("probation", 0.1).orElse(rules.probationSeconds())));
  }

  private static HostPort hostPort(String option, String text) throws CommandFailure {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--" + option + ": " + e.getMessage(), e);
    }
  }

  private static Catalogue database(Arguments arguments, Path folder)
      throws CommandFailure, IOException {
    String url = arguments.text("database").orElse(null);
    if (url == null) {
      return DatabaseCatalogue.open(folder);
    }
    if (url.startsWith(SQLITE)) {
      Path place = Arguments.pathOf("--database", url.substring(SQLITE.length()));
      return DatabaseCatalogue.open(place);
    }
    if (url.startsWith(POSTGRESQL)) {
      return DatabaseCatalogue.postgresql(url);
    }
    throw CommandFailure.usage(
        "--database: neither %sFOLDER nor %s//HOST:PORT/NAME".formatted(SQLITE, POSTGRESQL));
  }

  /** Returns when the process is told to end. */
  private static void awaitTermination() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  told.countDown();
                  try {
                    main.join(3000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    told.await();
  }
}
