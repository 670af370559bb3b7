package dev.waybill.model.unit;

import java.util.regex.Pattern;

/** The rule of the model for names: what hosts, resources, locations and files may be called. */
public final class Identifier {
  /** The most characters that an identifier may have. */
  public static final int MAX_LENGTH = 1024;

  private static final Pattern ALLOWED =
      Pattern.compile("[A-Za-z0-9._:@/+#-]{1," + MAX_LENGTH + "}");

  private Identifier() {}

  /**
   * Returns {@code id} where it is an identifier.
   *
   * @throws IllegalArgumentException with {@code what} and the offending text, where it is not
   */
  public static String require(String what, String id) {
    if (!ALLOWED.matcher(id).matches()) {
      throw new IllegalArgumentException(what + " is not an identifier: '" + abbreviated(id) + "'");
    }
    return id;
  }

  /**
   * Returns {@code id} where it is an identifier that is also a relative path without {@code @}: no
   * leading slash, no segment that is empty, {@code .} or {@code ..}.
   *
   * @throws IllegalArgumentException with {@code what} and the offending text, where it is not
   */
  public static String requireFile(String what, String id) {
    require(what, id);
    if (id.indexOf('@') >= 0) {
      throw new IllegalArgumentException(what + " may not contain '@': '" + abbreviated(id) + "'");
    }
    for (String segment : id.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            what + " is not a relative path: '" + abbreviated(id) + "'");
      }
    }
    return id;
  }

  private static String abbreviated(String id) {
    return id.length() <= 80 ? id : id.substring(0, 77) + "...";
  }
}
