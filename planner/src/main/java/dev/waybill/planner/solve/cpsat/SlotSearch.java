package dev.waybill.planner.solve.cpsat;

import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Incumbent;
import dev.waybill.planner.solve.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The CP-SAT solver's search for the least makespan: all grids and the proof in turn, in rounds of
 * growing effort, until nothing is left to find or to prove, or the effort is spent. The engine's
 * effort is counted and not timed, so that the same seed takes the same course.
 */
final class SlotSearch {
  private final List<GridSearch> searches = new ArrayList<>();
  private final SpanProof proof;
  private final CpSatConfig config;
  private final Incumbent incumbent;
  private final Stop stop;

  SlotSearch(
      IndexedProblem problem,
      List<Item> items,
      List<Grid> grids,
      double ceiling,
      CpSatConfig config,
      Engine engine,
      Incumbent incumbent,
      Stop stop) {
    this.config = config;
    this.incumbent = incumbent;
    this.stop = stop;
    for (Grid grid : grids) {
      int least = grid.slotFrom(incumbent.bound().seconds());
      searches.add(new GridSearch(items, grid, least, ceiling, engine, incumbent, stop));
    }
    proof =
        new SpanProof(
            problem, items, grids.get(grids.size() - 1).slotSeconds(), engine, incumbent, stop);
  }

  void run() {
    double effort = config.firstEffort();
    while (effort <= config.mostEffort() && !incumbent.done() && !stop.now() && anythingLeft()) {
      for (GridSearch search : searches) {
        search.pass(effort);
      }
      proof.pass(effort);
      effort *= config.effortGrowth();
    }
    tell();
  }

  private boolean anythingLeft() {
    return !proof.exhausted() || searches.stream().anyMatch(s -> !s.exhausted());
  }

  /** Says what is the best on its grid without being proven to be the best of all. */
  private void tell() {
    Bound bound = incumbent.bound();
    boolean proven = incumbent.makespan() <= bound.seconds() * (1 + 1e-9);
    for (GridSearch search : searches) {
      double seconds = search.grid().seconds(search.least());
      if (!proven && search.exhausted() && seconds > bound.seconds() * (1 + 1e-9)) {
        String because =
            String.format(
                Locale.ROOT,
                "%s; in slots of %.6g s nothing takes fewer than %d",
                bound.because(),
                search.grid().slotSeconds(),
                search.least());
        incumbent.prove(new Bound(bound.seconds(), bound.score(), because, bound.bottlenecks()));
        return;
      }
    }
  }
}
