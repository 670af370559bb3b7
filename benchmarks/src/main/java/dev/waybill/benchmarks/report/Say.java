package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.Spread;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** How the report of a comparison writes figures. */
final class Say {
  static final String NOTHING = "–";

  private Say() {}

  /** Four significant digits, without an exponent where that is short. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-3 || size >= 1e7) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int whole = size < 1 ? 1 : (int) Math.floor(Math.log10(size)) + 1;
    int decimals = Math.max(0, Math.min(4, 4 - whole));
    return String.format(Locale.ROOT, "%." + (size < 1 ? 4 : decimals) + "f", value);
  }

  /** Seven significant digits, for what is compared closely. */
  static String precise(double value) {
    return String.format(Locale.ROOT, "%.7g", value)
        .replaceFirst("(\\.[0-9]*?)0+($|e)", "$1$2")
        .replaceFirst("\\.($|e)", "$1");
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.4f" : "%.1f", value);
  }

  static String seconds(double value) {
    return value < 10
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / 1e6);
  }

  /** Decimal units, as network people use. */
  static String bytes(double bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
            Locale.ROOT, value < 10 && unit > 0 ? "%.2f %s" : "%.4g %s", value, units[unit])
        .replaceFirst("\\.?0+ ", " ");
  }

  /** The median. */
  static String median(@Nullable Spread spread, DoubleFunction<String> say) {
    return spread == null ? NOTHING : say.apply(spread.median());
  }

  /** The median, and where they differ the least and the most. */
  static String spread(@Nullable Spread spread, DoubleFunction<String> say) {
    if (spread == null) {
      return NOTHING;
    }
    String min = say.apply(spread.min());
    String max = say.apply(spread.max());
    String median = say.apply(spread.median());
    return min.equals(max) ? median : median + " (" + min + ".." + max + ")";
  }
}
