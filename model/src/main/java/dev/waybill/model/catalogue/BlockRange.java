package dev.waybill.model.catalogue;

/**
 * Consecutive blocks of a file in the catalogue's terms, both ends included.
 *
 * @param first index of the first block, from 0
 * @param last index of the last block, at least {@code first}
 */
public record BlockRange(int first, int last) {
  public BlockRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("blocks " + first + ".." + last);
    }
  }

  /** How many blocks these are. */
  public int count() {
    return last - first + 1;
  }
}
