package dev.waybill.model.json;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Text in other people's formats, read as strictly as the project's own: UTF-8, compressed with
 * gzip or not, and whole.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * The lines of a file.
   *
   * @throws FormatException where it is a folder, not UTF-8 or not a whole gzip file
   * @throws IOException where it can't be read
   */
  public static List<String> lines(Path path) throws IOException, FormatException {
    String source = path.toString();
    if (Files.isDirectory(path)) {
      throw new FormatException(source, "", "a folder, not a file");
    }
    List<String> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(path);
        BufferedReader reader = new BufferedReader(JsonInput.utf8(in))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (CharacterCodingException e) {
      throw new FormatException(source, place(lines.size() + 1), "not UTF-8 from here on", e);
    } catch (ZipException | EOFException e) {
      throw new FormatException(source, "", "not a whole gzip file: " + e.getMessage(), e);
    }
    return lines;
  }

  /**
   * A complaint about a line.
   *
   * @param line from 1
   */
  public static FormatException wrong(Path path, int line, String reason) {
    return new FormatException(path.toString(), place(line), reason);
  }

  private static String place(int line) {
    return "line " + line;
  }
}
