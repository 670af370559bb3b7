package dev.waybill.planner.http;

import dev.waybill.model.network.Fleet;
import dev.waybill.planner.cache.ScheduleCache;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solver;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.RefusalLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running master: the only place where its core, its catalogue, its solver and its API are put
 * together.
 */
public final class MasterServer implements Closeable {
  private static final int THREADS = 32;
  private static final int CACHED = 200;
  private static final int ANSWERING = 2;

  private final HttpServer http;
  private final Leadership leadership;
  private final Planning planning;
  private final Questions questions;
  private final ExecutorService answering;
  private final AtomicReference<Fleet> fleet;

  private MasterServer(
      HttpServer http,
      Leadership leadership,
      Planning planning,
      Questions questions,
      ExecutorService answering,
      AtomicReference<Fleet> fleet) {
    this.answering = answering;
    this.questions = questions;
    this.fleet = fleet;
    this.http = http;
    this.leadership = leadership;
    this.planning = planning;
  }

  /**
   * How a master is set up.
   *
   * @param limits of a planning run
   * @param advertise {@code HOST:PORT} where clients of a standby are sent; null: where it listens,
   *     unless that is every address
   * @param folder for what it keeps beside the catalogue
   * @param credentials with which it secures its API; null: it does not
   * @param enrolment null: it issues no certificates
   */
  public record Settings(
      SolveLimits limits,
      MasterConfig config,
      HostPort listen,
      @Nullable HostPort advertise,
      Path folder,
      @Nullable Credentials credentials,
      @Nullable Enrolment enrolment) {}

  /**
   * Serves: leads, with a new epoch on the catalogue, or stands by for another master that does.
   *
   * @throws IOException where the catalogue or the folder can't be used, or the address is taken
   */
  public static MasterServer start(
      Fleet atStart, Catalogue catalogue, Solver solver, Settings settings) throws IOException {
    AtomicReference<Fleet> fleet = new AtomicReference<>(atStart);
    PlanArchive archive = new PlanArchive(settings.folder().resolve("plans"));
    ScheduleCache cache = new ScheduleCache(settings.folder().resolve("plans/cache"), CACHED);
    Planning planning = new Planning(solver, settings.limits(), archive, cache);
    Questions questions = new Questions(solver);
    ExecutorService answering =
        Executors.newFixedThreadPool(ANSWERING, r -> MasterLoop.daemon(r, "answer"));
    // The address is known once it listens, and requests find a master that does not lead yet.
    AtomicReference<@Nullable Leadership> role = new AtomicReference<>();
    RefusalLog refusals = HttpServer.refusals();
    HttpServer http =
        HttpServer.start(
            settings.listen(),
            new MasterApi(role::get, questions, settings.enrolment(), refusals).routes(),
            THREADS,
            settings.credentials(),
            refusals);
    Leadership leadership =
        new Leadership(
            catalogue,
            url(settings, http.address()),
            Leadership.Timing.STANDARD,
            lease -> {
              MasterState state =
                  new MasterState(
                      Objects.requireNonNull(fleet.get()),
                      settings.config(),
                      lease.epoch(),
                      catalogue.load(),
                      System.currentTimeMillis() / 1e3);
              return new MasterLoop(state, lease, catalogue, planning, answering);
            });
    try {
      leadership.start();
    } catch (IOException e) {
      http.close();
      planning.close();
      answering.shutdown();
      throw e;
    }
    role.set(leadership);
    planning.rehearse(atStart, settings.folder().resolve("rehearsal"), settings.credentials());
    return new MasterServer(http, leadership, planning, questions, answering, fleet);
  }

  /** The network file has been edited. */
  public void fleet(Fleet now) {
    fleet.set(now);
    leadership.fleet(now);
  }

  private static @Nullable String url(Settings settings, HostPort listening) {
    HostPort reached = settings.advertise();
    if (reached == null) {
      boolean everywhere = listening.host().equals("0.0.0.0") || listening.host().equals("::");
      return everywhere ? null : scheme(settings) + listening;
    }
    return scheme(settings)
        + (reached.port() == 0 ? new HostPort(reached.host(), listening.port()) : reached);
  }

  private static String scheme(Settings settings) {
    return settings.credentials() == null ? "http://" : "https://";
  }

  /** Where it listens. */
  public HostPort address() {
    return http.address();
  }

  @Override
  public void close() {
    http.close();
    questions.close();
    leadership.close();
    planning.close();
    answering.shutdown();
  }
}
