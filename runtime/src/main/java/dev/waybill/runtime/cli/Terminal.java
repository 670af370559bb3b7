package dev.waybill.runtime.cli;

/**
 * What commands know of the terminal, which the launcher tells them: the JDK can't say whether one
 * stream alone is a terminal.
 */
public final class Terminal {
  /** Columns that every line fits in. */
  public static final int WIDTH = 100;

  private static final String CLEAR_LINE = "\r\033[K";

  private Terminal() {}

  /** Whether people look at standard output. */
  public static boolean isOutput() {
    return Boolean.getBoolean("waybill.terminal.out");
  }

  /** Whether people look at standard error. */
  public static boolean isError() {
    return Boolean.getBoolean("waybill.terminal.err");
  }

  /** A word on standard error, above a progress bar where there is one. */
  public static void notice(String line) {
    System.err.println((isError() ? CLEAR_LINE : "") + "waybill: " + line);
  }

  /** A bar of {@code width} characters for a share from 0 to 1. */
  public static String bar(double share, int width) {
    int full = (int) Math.floor(Math.max(0, Math.min(1, share)) * width);
    return "#".repeat(full) + "-".repeat(width - full);
  }

  /** {@code text} in at most {@code width} characters. */
  public static String abbreviated(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
