package dev.waybill.model.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A unit of the model: a rate of data in bytes per second, finite and not negative. */
public record DataRate(@JsonValue double bytesPerSecond) implements Comparable<DataRate> {
  public static final DataRate ZERO = new DataRate(0);

  @JsonCreator
  public DataRate {
    if (!(bytesPerSecond >= 0) || Double.isInfinite(bytesPerSecond)) {
      throw new IllegalArgumentException("a rate of " + bytesPerSecond + " bytes per second");
    }
  }

  public boolean isZero() {
    return bytesPerSecond == 0;
  }

  @Override
  public int compareTo(DataRate other) {
    return Double.compare(bytesPerSecond, other.bytesPerSecond);
  }

  /** For people, in decimal units as line rates are: {@code 12.50 MB/s}. */
  @Override
  public String toString() {
    if (bytesPerSecond >= 1e9) {
      return String.format(Locale.ROOT, "%.2f GB/s", bytesPerSecond / 1e9);
    }
    if (bytesPerSecond >= 1e6) {
      return String.format(Locale.ROOT, "%.2f MB/s", bytesPerSecond / 1e6);
    }
    return String.format(Locale.ROOT, "%.1f kB/s", bytesPerSecond / 1e3);
  }
}
