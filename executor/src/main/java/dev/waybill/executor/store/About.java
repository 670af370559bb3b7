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
    // A power cut can leave an empty one behind, before anything of the version was durable.
    return in(folder).toFile().length() > 0;
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

  /** Durable after {@link #force}. */
  void write(Path folder) throws IOException {
    Files.write(in(folder), Messages.write(this));
  }

  static void force(Path folder) throws IOException {
    DataFolder.force(in(folder));
  }
}
