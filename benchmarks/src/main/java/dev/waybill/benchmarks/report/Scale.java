package dev.waybill.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart of the report: which pixel a value is at. Logarithmic where the values span
 * more than a factor of 20; what is too small for that, 0 included, then has a place of its own at
 * the beginning.
 */
final class Scale {
  private static final double LOG_FROM = 20;
  private static final double ZERO_ROOM = 22;
  private static final int MOST_DECADES = 7;
  private static final double ROUNDING = 1e-6;

  private final boolean log;
  private final boolean zero;
  private final double low;
  private final double high;
  private final double from;
  private final double to;

  /**
   * A mark on the axis.
   *
   * @param major whether it has a number
   */
  record Tick(double pixel, String text, boolean major) {}

  private Scale(boolean log, boolean zero, double low, double high, double from, double to) {
    this.log = log;
    this.zero = zero;
    this.low = low;
    this.high = high;
    this.from = from;
    this.to = to;
  }

  /** From 0 to {@code high}, whatever the values between. */
  static Scale linear(double high, double from, double to) {
    return new Scale(false, false, 0, high > 0 ? high : 1, from, to);
  }

  /**
   * The axis for these values, none of them negative.
   *
   * @param least what is smaller is as good as 0
   * @param from the pixel at the beginning
   * @param to the pixel at the end
   */
  static Scale of(List<Double> values, double least, double from, double to) {
    double max = values.stream().mapToDouble(v -> v).max().orElse(0);
    double min = values.stream().mapToDouble(v -> v).filter(v -> v >= least).min().orElse(max);
    if (!(max >= least) || max / min <= LOG_FROM) {
      return linear(niceCeiling(Math.max(max, least)), from, to);
    }
    double high = roundLog(max, true);
    double low = roundLog(Math.max(min, high / Math.pow(10, MOST_DECADES)), false);
    boolean zero = values.stream().anyMatch(v -> v < low * (1 - ROUNDING));
    return new Scale(true, zero, low, high, from, to);
  }

  /** The next 1, 2 or 5 times a power of ten. */
  private static double roundLog(double value, boolean up) {
    double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    double rounded = power;
    for (double lead : new double[] {1, 2, 5, 10}) {
      if (up && lead * power >= value * (1 - ROUNDING)) {
        return lead * power;
      }
      if (lead * power <= value * (1 + ROUNDING)) {
        rounded = lead * power;
      }
    }
    return rounded;
  }

  private static double niceCeiling(double value) {
    double step = step(value);
    return Math.ceil(value / step - 1e-9) * step;
  }

  /** 1, 2 or 5 times a power of ten, four to eight of which make up {@code range}. */
  private static double step(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range)));
    double lead = range / power;
    return power * (lead < 1.6 ? 0.2 : lead < 4 ? 0.5 : lead < 8 ? 1 : 2);
  }

  double at(double value) {
    if (!log) {
      return from + (to - from) * Math.min(1, value / high);
    }
    double begin = begin();
    if (value < low * (1 - ROUNDING)) {
      return zero ? from : begin;
    }
    double share = Math.log(Math.max(1, value / low)) / Math.log(high / low);
    return begin + (to - begin) * Math.min(1, share);
  }

  private double begin() {
    return zero ? from + Math.signum(to - from) * ZERO_ROOM : from;
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    if (!log) {
      double step = step(high);
      for (int i = 0; i * step <= high * (1 + ROUNDING); i++) {
        ticks.add(new Tick(at(i * step), number(i * step), true));
      }
      return ticks;
    }
    if (zero) {
      ticks.add(new Tick(from, "0", true));
    }
    double decades = Math.log10(high / low);
    boolean between = decades < 2;
    int each = Math.abs(to - begin()) / decades < 34 ? 2 : 1;
    int first = (int) Math.floor(Math.log10(low) + 1e-9);
    for (int i = first; i <= Math.log10(high) + 1e-9; i++) {
      for (int k = 1; k < 10; k++) {
        double value = new BigDecimal(k).scaleByPowerOfTen(i).doubleValue();
        if (value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING)) {
          boolean major = k == 1 ? (i - first) % each == 0 : between && (k == 2 || k == 5);
          ticks.add(new Tick(at(value), major ? number(value) : "", major));
        }
      }
    }
    return ticks;
  }

  private static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return new BigDecimal(value)
          .round(new MathContext(3))
          .stripTrailingZeros()
          .toString()
          .replace("E+", "e");
    }
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
