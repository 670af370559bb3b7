package dev.waybill.model.unit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A unit of the model: an amount of data in bytes, zero or more. */
public record DataSize(@JsonValue long bytes) implements Comparable<DataSize> {
  public static final DataSize ZERO = new DataSize(0);

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  @JsonCreator
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes");
    }
  }

  /** {@code n} mebibytes. */
  public static DataSize mebibytes(long n) {
    return new DataSize(Math.multiplyExact(n, 1L << 20));
  }

  public DataSize plus(DataSize other) {
    return new DataSize(Math.addExact(bytes, other.bytes));
  }

  /**
   * Seconds that this takes at {@code rate}; infinite at rate 0, unless there is nothing to move.
   */
  public double secondsAt(DataRate rate) {
    return bytes == 0 ? 0 : bytes / rate.bytesPerSecond();
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** For people: {@code 256.0 MiB}. */
  @Override
  public String toString() {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
