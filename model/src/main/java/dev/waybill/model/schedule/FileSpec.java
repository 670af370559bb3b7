package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.unit.Identifier;

/**
 * A file of a problem.
 *
 * @param id what holdings, demands and copies call it; two versions of one file are two files, with
 *     ids such as {@code index.bin#3}
 * @param version a whole number, not negative
 * @param layout its size and how it is cut into blocks
 */
public record FileSpec(String id, long version, BlockLayout layout) {
  public FileSpec {
    Identifier.requireFile("a file's id", id);
    if (version < 0) {
      throw new IllegalArgumentException("version " + version + " of file " + id);
    }
  }
}
