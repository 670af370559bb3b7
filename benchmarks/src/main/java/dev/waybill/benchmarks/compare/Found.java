package dev.waybill.benchmarks.compare;

/**
 * A moment of a run in a comparison: the solver has found a schedule better than those before.
 *
 * @param seconds since the solver began
 * @param makespan seconds
 * @param score by the instance's objective
 */
public record Found(double seconds, double makespan, double score) {}
