package dev.waybill.executor.store;

import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much of a stored manifest counts in the block store: the file {@code accepted.json} beside
 * it. Where there is none, all of it does.
 *
 * @param blocks at the beginning; what is stored behind them waits for a signature
 * @param signature the newest one that has been verified; null where there was none
 */
record Accepted(int blocks, @Nullable ManifestSignature signature) {
  private static final String NAME = "accepted.json";

  static @Nullable Accepted read(Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    if (!Files.exists(path)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Messages.read(in, path.toString(), Accepted.class);
    } catch (FormatException e) {
      throw new DiskFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Atomically, and durable when it returns. */
  void write(Path folder) throws IOException {
    DataFolder.replace(folder.resolve(NAME), Messages.write(this));
  }
}
