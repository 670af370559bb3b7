package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.network.Host;
import dev.waybill.model.unit.DataSize;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The judge of schedules, whatever solver they come from: whether each hard constraint is kept,
 * within the tolerances of the format, and what the schedule really comes to.
 *
 * <p>Copies in progress use resources and storage and bring blocks, but are not asked whether their
 * sender holds what it sends, whether it is wanted, or, on their own, for capacity. Takes time in
 * proportion to the blocks that are sent, and eight bytes for each block of each file that a host
 * has to do with.
 */
public final class ScheduleChecker {
  private static final double HELD_TOLERANCE = 1e-6;
  private static final double STATED_TOLERANCE = 1e-5;
  private static final double BOUND_TOLERANCE = 1e-6;
  private static final double ABSOLUTE_TOLERANCE = 1e-9;

  private final Problem problem;
  private final Plan plan;
  private final Findings findings = new Findings();

  private ScheduleChecker(Problem problem, List<Copy> copies) {
    this.problem = problem;
    this.plan = new Plan(problem, copies);
  }

  /**
   * Checks a schedule and the figures that it states.
   *
   * @throws IllegalArgumentException where a copy names a host, file or block that the problem does
   *     not have, or is planned to begin before time 0
   */
  public static Verdict check(Problem problem, Schedule schedule) {
    ScheduleChecker checker = new ScheduleChecker(problem, schedule.copies());
    Figures figures = checker.checkConstraints();
    checker.checkStated(schedule, figures);
    return checker.verdict(figures);
  }

  /** Checks copies for which nothing is stated; otherwise as above. */
  public static Verdict check(Problem problem, List<Copy> copies) {
    ScheduleChecker checker = new ScheduleChecker(problem, copies);
    return checker.verdict(checker.checkConstraints());
  }

  /** What copies come to, without a look at the constraints; the same as a verdict has. */
  public static Figures figures(Problem problem, List<Copy> copies) {
    Plan plan = new Plan(problem, copies);
    for (int i = 0; i < plan.size(); i++) {
      plan.held().bring(plan.copy(i), plan.to(i), plan.file(i), block -> {});
    }
    return plan.figures();
  }

  private Verdict verdict(Figures figures) {
    return new Verdict(
        findings.kept(),
        findings.count(),
        figures.makespan(),
        figures.weightedCompletion(),
        figures.cost(),
        figures.lateness(),
        figures.score());
  }

  private Figures checkConstraints() {
    new CapacityRule(plan).check(findings);
    for (int i = 0; i < plan.size(); i++) {
      checkEnds(i);
      bring(i);
    }
    for (int i = 0; i < plan.size(); i++) {
      checkSenderHolds(i);
    }
    problem.demands().forEach(this::checkMet);
    checkWanted();
    checkStorage();
    return plan.figures();
  }

  private void checkEnds(int i) {
    Copy c = plan.copy(i);
    if (plan.from(i) == plan.to(i)) {
      findings.add(
          Violation.Kind.NO_PATH, plan.place(i), () -> "from '" + c.from() + "' to itself");
    }
    if (!plan.isConnected(i)) {
      findings.add(
          Violation.Kind.NO_PATH,
          plan.place(i),
          () -> "no path from '" + c.from() + "' to '" + c.to() + "'");
    }
  }

  private void bring(int i) {
    Copy c = plan.copy(i);
    plan.held()
        .bring(
            c,
            plan.to(i),
            plan.file(i),
            block ->
                findings.add(
                    Violation.Kind.DUPLICATE,
                    plan.place(i),
                    () ->
                        String.format(
                            "block %d of '%s' is held by or sent to '%s' otherwise",
                            block, c.file(), c.to())));
  }

  /** Reports at most the first block of a copy that its sender does not hold in time. */
  private void checkSenderHolds(int i) {
    if (!plan.isPlanned(i)) {
      return;
    }
    Copy c = plan.copy(i);
    BlockLayout layout = plan.layout(i);
    double[] held = plan.held().of(plan.from(i), plan.file(i));
    for (int b = c.first(); b <= c.last(); b++) {
      double begin = c.beginsAt(layout, b);
      if (held[b] > begin + HELD_TOLERANCE * layout.length(b) / c.rate()) {
        int block = b;
        findings.add(
            Violation.Kind.SENDER_HOLDS,
            plan.place(i),
            () ->
                String.format(
                    Locale.ROOT,
                    "block %d of '%s' leaves '%s' at %.6f s, which %s",
                    block,
                    c.file(),
                    c.from(),
                    begin,
                    heldFrom(held[block])));
        return;
      }
    }
  }

  private static String heldFrom(double seconds) {
    return seconds == HeldTimes.NEVER
        ? "never holds it"
        : String.format(Locale.ROOT, "holds it at %.6f s", seconds);
  }

  private void checkMet(Demand d) {
    int host = plan.ways().hostIndex(d.host());
    int file = plan.held().fileIndex(d.file());
    long missing = plan.held().missing(host, file);
    if (missing > 0) {
      findings.add(
          Violation.Kind.DEMAND,
          d.host(),
          () -> missing + " blocks of '" + d.file() + "' never arrive");
    }
  }

  private void checkWanted() {
    Set<Long> demanded = new HashSet<>();
    for (Demand d : problem.demands()) {
      demanded.add(pair(plan.ways().hostIndex(d.host()), plan.held().fileIndex(d.file())));
    }
    for (int i = 0; i < plan.size(); i++) {
      Copy c = plan.copy(i);
      if (plan.isPlanned(i)
          && !plan.ways().hosts().get(plan.to(i)).relay()
          && !demanded.contains(pair(plan.to(i), plan.file(i)))) {
        findings.add(
            Violation.Kind.UNWANTED,
            plan.place(i),
            () -> "'" + c.to() + "' neither demands '" + c.file() + "' nor is a relay");
      }
    }
  }

  private static long pair(int host, int file) {
    return ((long) host << Integer.SIZE) | file;
  }

  private void checkStorage() {
    List<Host> hosts = plan.ways().hosts();
    long[] sent = new long[hosts.size()];
    for (int i = 0; i < plan.size(); i++) {
      long sum = sent[plan.to(i)] + plan.bytes(i);
      sent[plan.to(i)] = sum < 0 ? Long.MAX_VALUE : sum;
    }
    for (int h = 0; h < sent.length; h++) {
      DataSize storage = hosts.get(h).storage();
      long bytes = sent[h];
      if (storage != null && bytes > storage.bytes()) {
        findings.add(
            Violation.Kind.STORAGE,
            hosts.get(h).id(),
            () -> "is sent " + bytes + " bytes, and has room for " + storage.bytes());
      }
    }
  }

  private void checkStated(Schedule schedule, Figures figures) {
    checkStated("makespan", schedule.makespan(), figures.makespan());
    checkStated("cost", schedule.cost(), figures.cost());
    checkStated("score", schedule.score(), figures.score());
    double limit = figures.makespan() * (1 + BOUND_TOLERANCE) + ABSOLUTE_TOLERANCE;
    if (!(schedule.lowerBound() <= limit)) {
      findings.add(
          Violation.Kind.FIGURE,
          "lowerBound",
          () -> schedule.lowerBound() + " is above the makespan, " + figures.makespan());
    }
  }

  private void checkStated(String figure, double stated, double actual) {
    double tolerance =
        Math.max(
            STATED_TOLERANCE * Math.max(Math.abs(stated), Math.abs(actual)), ABSOLUTE_TOLERANCE);
    if (!(Math.abs(stated - actual) <= tolerance)) {
      findings.add(Violation.Kind.FIGURE, figure, () -> "stated as " + stated + ", is " + actual);
    }
  }
}
