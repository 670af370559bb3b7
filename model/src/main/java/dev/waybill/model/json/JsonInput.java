package dev.waybill.model.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * Where the formats get their documents from: UTF-8, compressed with gzip or not. Whatever is
 * malformed, on any layer, comes out as a {@link FormatException}; an {@link IOException} says that
 * the document could not be read at all.
 */
final class JsonInput {
  /** Reads a whole document. */
  interface Body<T> {
    T read(JsonCursor cursor) throws IOException, FormatException;
  }

  // NaN and Infinity are let through to the cursor, which refuses them in its own words.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private JsonInput() {}

  static <T> T read(Path path, Body<T> body) throws IOException, FormatException {
    if (Files.isDirectory(path)) {
      throw new FormatException(path.toString(), "", "a folder, not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return read(in, path.toString(), body);
    }
  }

  static <T> T read(InputStream in, String source, Body<T> body)
      throws IOException, FormatException {
    try {
      return read(utf8(in), source, body);
    } catch (ZipException | EOFException e) {
      throw new FormatException(source, "", "not a whole gzip file: " + e.getMessage(), e);
    }
  }

  private static <T> T read(Reader text, String source, Body<T> body)
      throws IOException, FormatException {
    JsonParser parser = FACTORY.createParser(text);
    JsonCursor cursor = new JsonCursor(parser, source);
    try {
      cursor.begin();
      T out = body.read(cursor);
      cursor.end();
      return out;
    } catch (CharacterCodingException e) {
      throw cursor.wrong("not UTF-8", e);
    } catch (JsonEOFException e) {
      throw cursor.wrong("the document ends in the middle of a value", e);
    } catch (StreamConstraintsException e) {
      throw cursor.wrong("a string, number or key of absurd length", e);
    } catch (ZipException | EOFException e) {
      throw cursor.wrong("not a whole gzip file: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw cursor.wrong("not JSON: " + complaint(e) + at(e), e);
    }
  }

  /** Without what the parser would have liked better, which names its own options. */
  private static String complaint(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst("(?s): (was expecting|expected a valid value).*", "");
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  /** The text of a stream that is compressed with gzip or not; what is not UTF-8 is an error. */
  static Reader utf8(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return new InputStreamReader(
        gzip ? new StrictGzip(in) : in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
