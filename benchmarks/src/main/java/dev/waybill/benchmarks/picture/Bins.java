package dev.waybill.benchmarks.picture;

import java.util.ArrayList;
import java.util.List;

/** Sums of rates over time in equal bins, for the pictures of schedules. */
final class Bins {
  private final double binSeconds;
  private final double[] bytes;

  Bins(int count, double endSeconds) {
    binSeconds = endSeconds / count;
    bytes = new double[count];
  }

  /** Adds a rate from one moment to another; what lies outside counts nowhere. */
  void add(double start, double end, double rate) {
    double from = Math.max(0, start);
    double to = Math.min(end, binSeconds * bytes.length);
    if (!(to > from)) {
      return;
    }
    int last = Math.min(bytes.length - 1, (int) (to / binSeconds));
    for (int b = Math.min(last, (int) (from / binSeconds)); b <= last; b++) {
      double overlap = Math.min(to, (b + 1) * binSeconds) - Math.max(from, b * binSeconds);
      bytes[b] += Math.max(0, overlap) * rate;
    }
  }

  double total() {
    double sum = 0;
    for (double b : bytes) {
      sum += b;
    }
    return sum;
  }

  /** The mean rate in each bin, divided by {@code by} and with four digits. */
  List<Double> rates(double by) {
    List<Double> out = new ArrayList<>(bytes.length);
    for (double b : bytes) {
      out.add(rounded(b / binSeconds / by));
    }
    return out;
  }

  /** Four digits are more than a picture shows. */
  private static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 3);
    return unit == 0 ? value : Math.round(value / unit) * unit;
  }
}
