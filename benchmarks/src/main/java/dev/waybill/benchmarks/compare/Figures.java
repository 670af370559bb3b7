package dev.waybill.benchmarks.compare;

/**
 * What the schedule of a run in a comparison comes to, by the checker, and what was proven beside
 * it.
 *
 * @param makespan seconds
 * @param score by the instance's objective
 * @param cost in the instance's currency
 * @param copies how many
 * @param lowerBound seconds; proven for the makespan
 * @param scoreBound proven for the score
 * @param because why the bound holds, for people
 */
public record Figures(
    double makespan,
    double score,
    double cost,
    int copies,
    double lowerBound,
    double scoreBound,
    String because) {}
