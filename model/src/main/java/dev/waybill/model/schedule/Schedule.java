package dev.waybill.model.schedule;

import java.util.List;

/**
 * What a solver gives back: copies, with the figures that it states for them. The {@code
 * waybill-schedule/1} format in memory. Immutable.
 *
 * @param instance the name of the problem
 * @param solver who made it
 * @param makespan seconds until the last demand is met
 * @param lowerBound proven: no schedule that keeps the constraints has a smaller makespan; 0 where
 *     nothing is proven
 * @param cost sum of bytes * costPerByte over the copies (not those in progress) and their
 *     resources
 * @param score by the problem's objective
 * @param solveSeconds how long the solver took
 */
public record Schedule(
    String instance,
    String solver,
    double makespan,
    double lowerBound,
    double cost,
    double score,
    double solveSeconds,
    List<Copy> copies) {
  public Schedule {
    copies = List.copyOf(copies);
  }

  /** Makespan / lower bound; 1 where both are 0, infinite where nothing is proven. */
  public double ratio() {
    return makespan == 0 && lowerBound == 0 ? 1 : makespan / lowerBound;
  }
}
