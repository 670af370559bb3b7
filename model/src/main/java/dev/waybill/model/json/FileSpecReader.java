package dev.waybill.model.json;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.unit.Identifier;
import java.io.IOException;
import java.util.Map;

/** Reads the files of an instance, one at a time. */
final class FileSpecReader {
  private static final Keys KEYS = Keys.required("id", "size", "blockSize").optional("version");

  private final JsonCursor json;
  private final Map<String, FileSpec> known;
  private String id = "";
  private long version = 1;
  private long size;
  private long blockSize;

  FileSpecReader(JsonCursor json, Map<String, FileSpec> known) {
    this.json = json;
    this.known = known;
  }

  FileSpec read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    FileSpec file = new FileSpec(id, version, layout());
    known.put(id, file);
    return file;
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "id" -> id = newId();
      case "version" -> version = json.whole();
      case "size" -> size = json.whole();
      default -> blockSize = blockSize();
    }
  }

  private String newId() throws IOException, FormatException {
    String text = json.text(t -> Identifier.requireFile("this", t));
    if (known.containsKey(text)) {
      throw json.wrong("'" + text + "' is there twice");
    }
    return text;
  }

  private long blockSize() throws IOException, FormatException {
    json.positive();
    return json.whole();
  }

  private BlockLayout layout() throws FormatException {
    try {
      return new BlockLayout(size, blockSize);
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()), e);
    }
  }
}
