package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The reader of GML (Himsolt 1996), the format of the Internet Topology Zoo: keys with numbers,
 * strings in double quotes or lists in brackets. Lines that begin with {@code #} are comments.
 */
final class GmlReader {
  private static final int MAX_DEPTH = 50;
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final Path file;
  private final String text;
  private int at;
  private int line = 1;

  private GmlReader(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** The document as the list of its topmost keys. */
  static GmlList read(Path file) throws IOException, FormatException {
    List<String> lines = PlainText.lines(file);
    lines.replaceAll(l -> l.stripLeading().startsWith("#") ? "" : l);
    return new GmlReader(file, String.join("\n", lines)).list("", 1, 0);
  }

  /** Reads to the bracket that ends the list, or at depth 0 to the end of the document. */
  private GmlList list(String key, int begin, int depth) throws FormatException {
    if (depth > MAX_DEPTH) {
      throw wrong("lists in lists, more than " + MAX_DEPTH + " deep");
    }
    List<GmlList.Entry> entries = new ArrayList<>();
    while (true) {
      skipSpace();
      if (at == text.length()) {
        if (depth > 0) {
          throw wrong(
              "the document ends within the list '" + key + "', which begins in line " + begin);
        }
        return new GmlList(file, begin, entries);
      }
      if (text.charAt(at) == ']') {
        if (depth == 0) {
          throw wrong("a bracket that ends no list");
        }
        at++;
        return new GmlList(file, begin, entries);
      }
      entries.add(entry(depth));
    }
  }

  private GmlList.Entry entry(int depth) throws FormatException {
    int begin = line;
    String key = word();
    if (!KEY.matcher(key).matches()) {
      throw wrong("not a key: '" + key + "'");
    }
    skipSpace();
    if (at == text.length()) {
      throw wrong("the document ends after the key '" + key + "'");
    }
    char c = text.charAt(at);
    if (c == '[') {
      at++;
      return new GmlList.Entry(key, begin, list(key, begin, depth + 1));
    }
    if (c == '"') {
      return new GmlList.Entry(key, begin, string(key));
    }
    String word = word();
    double number = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(key + ": not a number, string or list: '" + word + "'");
    }
    return new GmlList.Entry(key, begin, number);
  }

  private String string(String key) throws FormatException {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw wrong(key + ": the document ends within a string");
    }
    String value = text.substring(at + 1, end);
    line += (int) value.chars().filter(c -> c == '\n').count();
    at = end + 1;
    return value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  /** What stands here up to the next space or bracket; one character at least. */
  private String word() {
    int begin = at++;
    while (at < text.length() && " \t\r\n[]\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }

  private FormatException wrong(String reason) {
    return PlainText.wrong(file, line, reason);
  }
}
