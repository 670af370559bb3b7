package dev.waybill.benchmarks.picture;

import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sums up the copies of a schedule for its picture: a row a receiver while there are few, then a
 * row a location, then a row for as many receivers as it takes.
 */
final class HeatLayout {
  private static final int MOST_ROWS = 40;
  private static final int BINS = 120;

  private HeatLayout() {}

  static Heat of(IndexedProblem problem, List<Transfer> transfers, double end) {
    boolean[] receives = new boolean[problem.hosts()];
    transfers.forEach(t -> receives[t.to()] = true);
    int[] row = new int[problem.hosts()];
    List<String> labels = new ArrayList<>();
    String what = assign(problem, receives, row, labels);
    int[] receivers = new int[labels.size()];
    for (int h = 0; h < row.length; h++) {
      if (receives[h]) {
        receivers[row[h]]++;
      }
    }
    Bins[] bins = new Bins[labels.size()];
    Arrays.setAll(bins, i -> new Bins(BINS, end));
    for (Transfer t : transfers) {
      bins[row[t.to()]].add(t.copy().start(), t.end(), t.copy().rate());
    }
    List<Heat.Row> rows = new ArrayList<>();
    for (int i = 0; i < bins.length; i++) {
      rows.add(new Heat.Row(labels.get(i), receivers[i], bins[i].rates(receivers[i])));
    }
    return new Heat(what, rows);
  }

  private static String assign(
      IndexedProblem problem, boolean[] receives, int[] row, List<String> labels) {
    int[] receivers = IntStream.range(0, row.length).filter(h -> receives[h]).toArray();
    if (receivers.length <= MOST_ROWS) {
      for (int h : receivers) {
        row[h] = labels.size();
        labels.add(problem.hostIds[h]);
      }
      return "receivers";
    }
    Map<Integer, Integer> ofLocation = new LinkedHashMap<>();
    for (int h : receivers) {
      ofLocation.putIfAbsent(problem.location[h], ofLocation.size());
      row[h] = ofLocation.getOrDefault(problem.location[h], 0);
    }
    if (ofLocation.size() > 1 && ofLocation.size() <= MOST_ROWS) {
      ofLocation.keySet().forEach(l -> labels.add(problem.locationIds[l]));
      return "locations";
    }
    int band = (receivers.length + MOST_ROWS - 1) / MOST_ROWS;
    for (int i = 0; i < receivers.length; i++) {
      row[receivers[i]] = i / band;
      if (i % band == 0) {
        int last = receivers[Math.min(receivers.length, i + band) - 1];
        labels.add(problem.hostIds[receivers[i]] + " … " + problem.hostIds[last]);
      }
    }
    return "groups of " + band + " receivers";
  }
}
