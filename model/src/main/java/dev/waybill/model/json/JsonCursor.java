package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.waybill.model.unit.Identifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the formats read JSON: forward only, strict about keys and types, and aware of the place. It
 * stands on one value; every method reads that value to its end.
 */
final class JsonCursor {
  private static final int MAX_QUOTE_LENGTH = 60;

  /** Reads the value of one key of an object. */
  interface Fields {
    void read(String key) throws IOException, FormatException;
  }

  /** Reads one element of an array. */
  interface Element<T> {
    T read() throws IOException, FormatException;
  }

  private final JsonParser parser;
  private final String source;
  private final Place place = new Place();

  JsonCursor(JsonParser parser, String source) {
    this.parser = parser;
    this.source = source;
  }

  /** Steps on the first value. */
  void begin() throws IOException, FormatException {
    if (parser.nextToken() == null) {
      throw wrong("is empty");
    }
  }

  /** Sees to it that nothing follows the value that has been read. */
  void end() throws IOException, FormatException {
    if (parser.nextToken() != null) {
      throw wrong("something follows the document: " + found());
    }
  }

  /** Reads an object: each of its keys once, none but {@code keys}, and all that are required. */
  void object(Keys keys, Fields fields) throws IOException, FormatException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("not an object but " + found());
    }
    long seen = 0;
    place.enter();
    for (String key = nextKey(); key != null; key = nextKey()) {
      place.at(key);
      long bit = keys.bit(key);
      if (bit == 0) {
        throw wrong("unknown key");
      }
      if ((seen & bit) != 0) {
        throw wrong("this key is there twice");
      }
      seen |= bit;
      parser.nextToken();
      fields.read(key);
    }
    if (!keys.complete(seen)) {
      place.at(keys.missing(seen).get(0));
      throw wrong("this key is missing");
    }
    place.leave();
  }

  private @Nullable String nextKey() throws IOException {
    try {
      return parser.nextFieldName();
    } catch (IOException e) {
      // The parser looks ahead: it may have failed in the value of the next key.
      String key = parser.getParsingContext().getCurrentName();
      if (key != null) {
        place.at(key);
      }
      throw e;
    }
  }

  /** Reads an array. */
  <T> List<T> array(Element<T> element) throws IOException, FormatException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("not an array but " + found());
    }
    List<T> out = new ArrayList<>();
    place.enter();
    place.at(0);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      out.add(element.read());
      place.at(out.size());
    }
    place.leave();
    return out;
  }

  String text() throws IOException, FormatException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("not a string but " + found());
    }
    return parser.getText();
  }

  /** A string that the rule accepts: it returns it, or throws IllegalArgumentException. */
  String text(UnaryOperator<String> rule) throws IOException, FormatException {
    String text = text();
    try {
      return rule.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  String identifier() throws IOException, FormatException {
    return text(t -> Identifier.require("this", t));
  }

  /** An identifier that is not yet among those taken, and now is. */
  String newIdentifier(Set<String> taken) throws IOException, FormatException {
    String id = identifier();
    if (!taken.add(id)) {
      throw wrong("'" + id + "' is there twice");
    }
    return id;
  }

  List<String> identifiers() throws IOException, FormatException {
    return array(this::identifier);
  }

  /** The value that a key must have, such as the name of the format. */
  void exactly(String expected) throws IOException, FormatException {
    if (!text().equals(expected)) {
      throw wrong("not '" + expected + "' but " + found());
    }
  }

  boolean flag() throws IOException, FormatException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong("not true or false but " + found());
    };
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A finite number of either sign. */
  double finite() throws IOException, FormatException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrong("not a number but " + found());
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw wrong("not a finite number: " + found());
    }
    return value;
  }

  /** A finite number, zero or more. */
  double number() throws IOException, FormatException {
    double value = finite();
    if (value < 0) {
      throw wrong("a negative number: " + found());
    }
    return value;
  }

  /** A finite number above zero. */
  double positive() throws IOException, FormatException {
    double value = number();
    if (value == 0) {
      throw wrong("not a positive number: " + found());
    }
    return value;
  }

  /** A whole number from 0 on, below 2^63, written as such: neither 1.0 nor 1e3. */
  long whole() throws IOException, FormatException {
    finite();
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong("not a whole number: " + found());
    }
    number();
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw wrong("not a whole number below 2^63: " + found());
    }
    return parser.getLongValue();
  }

  /** The number of a block, below 2^31. */
  int block() throws IOException, FormatException {
    long value = whole();
    if (value > Integer.MAX_VALUE) {
      throw wrong("not the number of a block, which is below 2^31: " + found());
    }
    return (int) value;
  }

  /** A complaint about the place where the cursor stands. */
  FormatException wrong(String reason) {
    return wrongAt(place.pointer(), reason);
  }

  /** A complaint about a key of the object that has just been read. */
  FormatException wrongBelow(String key, String reason) {
    return wrongAt(place.pointer() + "/" + key, reason);
  }

  FormatException wrong(String reason, @Nullable Throwable cause) {
    return new FormatException(source, place.pointer(), reason, cause);
  }

  /** A complaint about another place, for what can be told only once all is read. */
  FormatException wrongAt(String pointer, String reason) {
    return new FormatException(source, pointer, reason, null);
  }

  private String found() throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case END_ARRAY, END_OBJECT -> "the end of a value";
      case VALUE_STRING -> "'" + OneLine.of(parser.getText(), MAX_QUOTE_LENGTH) + "'";
      default -> OneLine.of(parser.getText(), MAX_QUOTE_LENGTH);
    };
  }
}
