package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * Where the formats put their documents: UTF-8, compressed with gzip where the file's name ends in
 * {@code .gz}. A file is there as a whole or not at all.
 */
final class JsonOutput {
  /** Writes a whole document. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes one value. */
  interface Element<T> {
    void write(T value) throws IOException;
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonOutput() {}

  static void write(Path path, Body body) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // A pipe or a device is written to; it must not be replaced.
      writeTo(path, path, body);
      return;
    }
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "the root is a folder");
    Path part = Files.createTempFile(folder, ".waybill", ".part", permissions(folder));
    try {
      writeTo(part, path, body);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Temporary files are for their owner's eyes alone unless told otherwise. */
  private static FileAttribute<?>[] permissions(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"))
        }
        : new FileAttribute<?>[0];
  }

  private static void writeTo(Path file, Path named, Body body) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out =
            named.toString().endsWith(".gz")
                ? new GZIPOutputStream(raw, 1 << 16)
                : new BufferedOutputStream(raw, 1 << 16)) {
      write(out, body);
    }
  }

  /** Writes and flushes, and leaves {@code out} open. */
  static void write(OutputStream out, Body body) throws IOException {
    // By way of a writer, for which half of a surrogate pair in a description is no error.
    try (JsonGenerator json =
        FACTORY.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      json.setPrettyPrinter(new LineLayout());
      body.write(json);
      json.writeRaw('\n');
    }
  }

  static <T> void array(JsonGenerator json, String key, Iterable<T> values, Element<T> element)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (T value : values) {
      element.write(value);
    }
    json.writeEndArray();
  }

  static void strings(JsonGenerator json, String key, List<String> values) throws IOException {
    array(json, key, values, json::writeString);
  }

  /**
   * @throws IllegalArgumentException where the number is one that the formats have no word for
   */
  static void number(JsonGenerator json, String key, double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(key + " is " + value);
    }
    json.writeNumberField(key, value);
  }
}
