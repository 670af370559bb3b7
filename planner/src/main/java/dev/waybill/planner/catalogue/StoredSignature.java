package dev.waybill.planner.catalogue;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.JdbiException;

/** A manifest's signature as the catalogue keeps it: the JSON of the protocol. */
final class StoredSignature {
  private StoredSignature() {}

  static String write(ManifestSignature signature) {
    return new String(Messages.write(signature), StandardCharsets.UTF_8);
  }

  /**
   * @param file whose it is, for the error
   */
  static ManifestSignature read(FileId file, String text) {
    try {
      return Messages.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
          "the signature of " + file,
          ManifestSignature.class);
    } catch (IOException | FormatException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is in the database is no signature. */
  private static final class Unreadable extends JdbiException {
    Unreadable(String line, Throwable cause) {
      super(line, cause);
    }
  }
}
