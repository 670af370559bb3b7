package dev.waybill.executor.serve;

import dev.waybill.executor.wire.WireRequest;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.unit.DataRate;
import dev.waybill.runtime.http.Refusal;

/**
 * What a receiver asks the sender of the data plane for: a copy, or one of several lanes of it.
 *
 * @param copy the id that the master has given it
 * @param stride from one block to the next; 1 for a whole copy
 */
record BlockRequest(long copy, FileId file, BlockRange blocks, int stride, DataRate rate) {
  static BlockRequest of(WireRequest request) throws Refusal {
    FileId file = request.parameter("file", FileId::parse);
    int first = request.parameter("first", Integer::parseInt);
    int last = request.parameter("last", Integer::parseInt);
    return new BlockRequest(
        request.parameter("copy", Long::parseLong),
        file,
        range(first, last),
        request.parameter("stride", BlockRequest::stride),
        request.parameter("rate", BlockRequest::rate));
  }

  private static int stride(String text) {
    int stride = Integer.parseInt(text);
    if (stride < 1) {
      throw new IllegalArgumentException("a stride of " + stride);
    }
    return stride;
  }

  private static BlockRange range(int first, int last) throws Refusal {
    try {
      return new BlockRange(first, last);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(400, String.valueOf(e.getMessage()));
    }
  }

  private static DataRate rate(String text) {
    DataRate rate = new DataRate(Double.parseDouble(text));
    if (rate.isZero()) {
      throw new IllegalArgumentException("a rate of 0");
    }
    return rate;
  }
}
