package dev.waybill.executor.store;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.FileSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of the block store that says which files this host must obtain (claims 9 and 26). */
final class KeptFileSet {
  private static final String NAME = "file-set.json";

  private KeptFileSet() {}

  static FileSet read(Path root) throws IOException {
    Path path = root.resolve(NAME);
    if (!Files.exists(path)) {
      return new FileSet(0, List.of());
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Messages.read(in, path.toString(), FileSet.class);
    } catch (FormatException e) {
      throw new DiskFailure(String.valueOf(e.getMessage()));
    }
  }

  static void write(Path root, FileSet set) throws IOException {
    DataFolder.replace(root.resolve(NAME), Messages.write(set));
  }
}
