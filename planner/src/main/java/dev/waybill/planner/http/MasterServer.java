package dev.waybill.planner.http;

import dev.waybill.model.network.Network;
import dev.waybill.planner.catalogue.Catalogue;
import dev.waybill.planner.catalogue.Change;
import dev.waybill.planner.master.MasterConfig;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solver;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A running master: the only place where its core, its catalogue, its solver and its API are put
 * together.
 */
public final class MasterServer implements Closeable {
  private static final int THREADS = 32;

  private final HttpServer http;
  private final MasterLoop loop;
  private final Planning planning;

  private MasterServer(HttpServer http, MasterLoop loop, Planning planning) {
    this.http = http;
    this.loop = loop;
    this.planning = planning;
  }

  /**
   * Begins a new term on the catalogue and serves.
   *
   * @param folder for what it keeps beside the catalogue
   * @throws IOException where the catalogue or the folder can't be used, or the address is taken
   */
  public static MasterServer start(
      Network network,
      Catalogue catalogue,
      Solver solver,
      SolveLimits limits,
      MasterConfig config,
      HostPort listen,
      Path folder)
      throws IOException {
    PlanArchive archive = new PlanArchive(folder.resolve("plans"));
    List<Change> stored = catalogue.load();
    int term = catalogue.beginTerm();
    MasterState state =
        new MasterState(network, config, term, stored, System.currentTimeMillis() / 1e3);
    Planning planning = new Planning(solver, limits, archive);
    MasterLoop loop = new MasterLoop(state, catalogue, planning);
    HttpServer http = HttpServer.start(listen, new MasterApi(loop).routes(), THREADS);
    planning.rehearse(network);
    loop.start();
    return new MasterServer(http, loop, planning);
  }

  /** Where it listens. */
  public HostPort address() {
    return http.address();
  }

  @Override
  public void close() {
    http.close();
    planning.close();
    loop.close();
  }
}
