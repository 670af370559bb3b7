package dev.waybill.planner.bound;

import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.FreeCapacity;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The planner's proven lower bound on the makespan: the tightest of several families of cuts, each
 * valid on every instance. Copies in progress count in all of them: for what they bring, for the
 * capacity that they take, and for when they end.
 *
 * <ul>
 *   <li>{@link ReceiverCuts}: what hosts behind a resource still need has to come in through it.
 *   <li>{@link LocationCuts}: what a location needs and doesn't have has to enter it once; what
 *       only one location has has to leave it once.
 *   <li>{@link SourceCuts}: what only some hosts have has to leave them once, and then still has to
 *       spread, block by whole block.
 *   <li>{@link SiteSpreadCuts}: the same from location to location.
 *   <li>{@link SiteEntryCuts}: what enters locations is scarce at first, and has to spread in them.
 *   <li>{@link UploadCut}: all that is needed has to leave some host (Kumar and Ross, Optimal
 *       peer-assisted file distribution, 2006), and a host can send only once it has a block.
 *   <li>{@link RouteCuts}: a block takes its time on each hop of the way.
 *   <li>{@link PackingCut}: everything, as a fluid, through all resources at once.
 *   <li>{@link ArrivalCuts}: blocks still being made, and copies in progress, come when they come.
 * </ul>
 */
public final class LowerBound {
  private LowerBound() {}

  /** The bound of {@code problem}. */
  public static Bound of(Problem problem) {
    return of(new IndexedProblem(problem));
  }

  public static Bound of(IndexedProblem problem) {
    FreeCapacity free = new FreeCapacity(problem);
    List<BlockClass> classes = BlockClass.of(problem);
    List<Supplier<Cut>> families =
        List.of(
            () -> ArrivalCuts.tightest(problem),
            () -> ReceiverCuts.tightest(problem, free),
            () -> LocationCuts.tightest(problem, free, classes),
            () -> UploadCut.tightest(problem, free),
            () -> SourceCuts.tightest(problem, free, classes),
            () -> SiteSpreadCuts.tightest(problem, classes),
            () -> SiteEntryCuts.tightest(problem, classes),
            () -> RouteCuts.tightest(problem, free, classes));
    Cut cut =
        families.parallelStream().map(Supplier::get).toList().stream()
            .reduce(Cut.none(), Cut::orTighter);
    cut = cut.orTighter(PackingCut.tightest(problem, cut.seconds()));
    double score =
        new ScoreBound(problem)
            .score(cut.seconds(), free, () -> new Completions(problem, free, classes));
    return new Bound(cut.seconds(), score, cut.because(), bottlenecks(problem, cut));
  }

  /**
   * For each location, how many seconds the ways into it take at least for what it needs and nobody
   * there possesses; 0 where that is nothing or nothing bounds it.
   */
  public static double[] entrySeconds(IndexedProblem problem) {
    return LocationCuts.entrySeconds(problem, new FreeCapacity(problem), BlockClass.of(problem));
  }

  private static List<Bottleneck> bottlenecks(IndexedProblem problem, Cut cut) {
    if (Double.isInfinite(cut.seconds())) {
      return List.of();
    }
    return IntStream.range(0, cut.resources().length)
        .filter(i -> cut.prices()[i] > 0)
        .mapToObj(i -> new Bottleneck(problem.resourceIds[cut.resources()[i]], cut.prices()[i]))
        .sorted(
            Comparator.comparingDouble(Bottleneck::secondsPerUnit)
                .reversed()
                .thenComparing(Bottleneck::resource))
        .toList();
  }
}
