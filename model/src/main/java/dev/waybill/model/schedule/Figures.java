package dev.waybill.model.schedule;

/**
 * What a schedule comes to by its problem, whoever made it and whether it is valid or not.
 *
 * @param makespan seconds until the last demand is met, over those that are
 * @param weightedCompletion sum of weight * completion over the demands that are met, in seconds
 * @param cost sum of bytes * costPerByte over the copies (not those in progress) and their
 *     resources
 * @param lateness sum of weight * max(0, completion - deadline) over the demands that are met, in
 *     seconds
 * @param score by the problem's objective
 */
public record Figures(
    double makespan, double weightedCompletion, double cost, double lateness, double score) {}
