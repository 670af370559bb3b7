package dev.waybill.model.json;

/**
 * How the formats and the protocol quote what others have said: printable, on one line,
 * abbreviated.
 */
public final class OneLine {
  private OneLine() {}

  /** Of {@code text} at most so many characters. */
  public static String of(String text, int maxLength) {
    int length = Math.min(text.length(), maxLength);
    StringBuilder out = new StringBuilder(length + 3);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return (length < text.length() ? out.append("...") : out).toString();
  }

  private static boolean isPlain(char c) {
    return !Character.isISOControl(c)
        && !Character.isSurrogate(c)
        && Character.getType(c) != Character.LINE_SEPARATOR
        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
        && Character.getType(c) != Character.FORMAT;
  }
}
