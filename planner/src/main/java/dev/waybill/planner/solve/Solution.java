package dev.waybill.planner.solve;

import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.bound.Bound;

/** What a solver of the planner answers. */
public sealed interface Solution {
  /** A schedule, and what is proven about every other one. */
  record Planned(Schedule schedule, Bound bound) implements Solution {
    /**
     * What a run ends with: its best schedule, beside what is proven by then.
     *
     * @param solveSeconds what the run took as a whole
     */
    public static Planned of(Schedule best, Bound bound, double solveSeconds) {
      return new Planned(
          new Schedule(
              best.instance(),
              best.solver(),
              best.makespan(),
              bound.seconds(),
              best.cost(),
              best.score(),
              solveSeconds,
              best.copies()),
          bound);
    }
  }

  /**
   * No schedule whatever meets every demand.
   *
   * @param host of the first demand, in the order of the problem, that can't be met
   * @param file of that demand
   * @param moreDemands how many others can't be met
   * @param reason what separates it from every holder
   */
  record Infeasible(String host, String file, int moreDemands, String reason) implements Solution {
    /** One line for people. */
    public String message() {
      String others =
          moreDemands == 0 ? "" : moreDemands == 1 ? ", nor can 1 more demand" : more(moreDemands);
      return "host " + host + " can't get " + file + ": " + reason + others;
    }

    private static String more(int n) {
      return ", nor can " + n + " more demands";
    }
  }

  /** This solver can't handle this problem. */
  record Unsupported(String reason) implements Solution {}

  /**
   * The problem may have a schedule, but the solver found none: time, cancellation or a dead end.
   */
  record GaveUp(String reason) implements Solution {}

  /** The solver is wrong: what it made breaks a constraint, and is withheld. */
  record Defective(String reason) implements Solution {}
}
