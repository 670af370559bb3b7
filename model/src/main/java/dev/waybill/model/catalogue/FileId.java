package dev.waybill.model.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.model.unit.Identifier;

/**
 * One version of a file of the catalogue, written {@code name@version}.
 *
 * @param name a relative path, as in {@link Identifier#requireFile}
 * @param version a whole number, not negative; a higher one is newer
 */
public record FileId(String name, long version) implements Comparable<FileId> {
  public FileId {
    Identifier.requireFile("a file's name", name);
    if (version < 0) {
      throw new IllegalArgumentException("version " + version + " of file " + name);
    }
  }

  /**
   * Reads {@code name@version}.
   *
   * @throws IllegalArgumentException where the text is anything else
   */
  @JsonCreator
  public static FileId parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("not NAME@VERSION: '" + text + "'");
    }
    try {
      return new FileId(text.substring(0, at), Long.parseLong(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not NAME@VERSION: '" + text + "'", e);
    }
  }

  @Override
  public int compareTo(FileId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Long.compare(version, other.version);
  }

  @JsonValue
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
