package dev.waybill.benchmarks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A figure over the runs of a cell of a comparison. */
public record Spread(double median, double min, double max) {
  /** Null where there are no runs, or one has no finite figure. */
  static <T> @Nullable Spread of(List<T> runs, Function<T, @Nullable Double> figure) {
    double[] values = new double[runs.size()];
    for (int i = 0; i < values.length; i++) {
      Double value = figure.apply(runs.get(i));
      if (value == null || !Double.isFinite(value)) {
        return null;
      }
      values[i] = value;
    }
    if (values.length == 0) {
      return null;
    }
    Arrays.sort(values);
    int half = values.length / 2;
    double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return new Spread(median, values[0], values[values.length - 1]);
  }

  /** The same where every run has the figure. */
  public static <T> @Nullable Spread ofAll(List<T> runs, ToDoubleFunction<T> figure) {
    return of(runs, figure::applyAsDouble);
  }
}
