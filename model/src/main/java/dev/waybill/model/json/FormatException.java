package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * Something read that is not in the format it should be in: one line with the source, the place and
 * what is wrong.
 */
public final class FormatException extends Exception {
  /**
   * @param source a file's path, or what else it was read from
   * @param pointer the JSON pointer of the place; empty for the whole document
   */
  public FormatException(String source, String pointer, String problem) {
    super(source + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + problem);
  }

  /** What a JSON parser says, with the place where it was. */
  static FormatException of(String source, JsonProcessingException e) {
    return new FormatException(source, "", e.getOriginalMessage());
  }
}
