package dev.waybill.benchmarks.picture;

import java.util.List;

/**
 * What one resource carries over time, for the picture of a schedule.
 *
 * @param capacity bytes per second
 * @param use mean load / capacity from time 0 to the makespan
 * @param load bytes per second, by equal bins from time 0 to the picture's end
 */
public record Strip(String resource, double capacity, double use, List<Double> load) {
  public Strip {
    load = List.copyOf(load);
  }
}
