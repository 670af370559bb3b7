package dev.waybill.executor.store;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose folder it is, in every folder of a file version in the block store. */
record About(FileId file, long blockSize) {
  private static final String NAME = "about.json";

  static boolean exists(Path folder) {
    return Files.exists(in(folder));
  }

  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  static About read(Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    try (InputStream in = Files.newInputStream(path)) {
      return Messages.read(in, path.toString(), About.class);
    } catch (FormatException e) {
      throw new DiskFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Atomically, and durable when it returns. */
  void write(Path folder) throws IOException {
    DataFolder.replace(in(folder), Messages.write(this));
  }
}
