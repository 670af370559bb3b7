package dev.waybill.model.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The published JSON Schemas, and the files of {@code instances/}. */
public final class Schemas {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Schemas() {}

  private static Path home() {
    return Path.of(System.getProperty("waybill.home", ".."));
  }

  /** The schema of a format, such as {@code instance}. */
  public static Schema of(String format) throws IOException {
    Path file = home().resolve("docs/schema/waybill-" + format + "-1.schema.json");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(file));
  }

  /** What a schema has against a document. */
  public static List<Error> errors(Schema schema, JsonNode document) {
    return schema.validate(document);
  }

  public static JsonNode parse(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** A file, compressed or not. */
  public static JsonNode parse(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return JSON.readTree(plain);
    }
  }

  /** The instances of the project. */
  public static List<Path> instances() throws IOException {
    try (Stream<Path> files = Files.list(home().resolve("instances"))) {
      return files
          .filter(f -> f.toString().matches(".*\\.json(\\.gz)?"))
          .filter(f -> !f.endsWith("published.json"))
          .sorted()
          .toList();
    }
  }
}
