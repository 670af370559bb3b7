package dev.waybill.model.json;

import dev.waybill.model.catalogue.BlockRange;
import java.io.IOException;
import java.util.List;

/**
 * Reads the holdings of an instance, one at a time; their blocks are not yet those of a known file.
 */
final class HoldingReader {
  private static final Keys KEYS = Keys.required("host", "file", "blocks");

  /** A holding whose ranges still stand as they were written. */
  record RawHolding(String host, String file, List<BlockRange> ranges) {}

  private final JsonCursor json;
  private String host = "";
  private String file = "";
  private List<BlockRange> ranges = List.of();
  private long end;

  HoldingReader(JsonCursor json) {
    this.json = json;
  }

  RawHolding read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    return new RawHolding(host, file, ranges);
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "host" -> host = json.identifier();
      case "file" -> file = json.identifier();
      default -> ranges = json.array(this::range);
    }
  }

  private BlockRange range() throws IOException, FormatException {
    List<Integer> pair = json.array(json::block);
    if (pair.size() != 2) {
      throw json.wrong("a range of blocks is [first, last], not " + pair.size() + " numbers");
    }
    int first = pair.get(0);
    int last = pair.get(1);
    if (first > last) {
      throw json.wrong("blocks " + first + ".." + last + ", the first of them after the last");
    }
    if (first < end) {
      throw json.wrong("ranges that overlap or do not ascend at block " + first);
    }
    end = last + 1L;
    return new BlockRange(first, last);
  }
}
