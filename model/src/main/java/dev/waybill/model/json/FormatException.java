package dev.waybill.model.json;

import org.jspecify.annotations.Nullable;

/**
 * What the formats say of a malformed document: one line that names the document, the place in it
 * and what is wrong there.
 */
public final class FormatException extends Exception {
  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_REASON_LENGTH = 300;
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String reason;

  /**
   * @param source what the document is called, such as the path of its file
   * @param pointer the offending place: a JSON pointer (RFC 6901), or {@code line N} where the
   *     document is not JSON; empty for the whole document
   * @param reason what is wrong there
   */
  public FormatException(String source, String pointer, String reason) {
    this(source, pointer, reason, null);
  }

  FormatException(String source, String pointer, String reason, @Nullable Throwable cause) {
    super(
        OneLine.of(source, Integer.MAX_VALUE)
            + ": "
            + OneLine.of(pointer.isEmpty() ? "/" : pointer, MAX_NAME_LENGTH)
            + ": "
            + OneLine.of(reason, MAX_REASON_LENGTH),
        cause);
    this.pointer = pointer;
    this.reason = reason;
  }

  /** The offending place as a JSON pointer or {@code line N}; empty for the whole document. */
  public String pointer() {
    return pointer;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
