package dev.waybill.executor.publish;

import dev.waybill.executor.transfer.Frame;
import dev.waybill.model.catalogue.BlockRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Consecutive blocks of the generator's as frames on the wire, read as they are sent. */
final class FrameStream extends InputStream {
  private final BlockSource source;
  private final BlockRange run;
  private ByteBuffer header = ByteBuffer.allocate(0);
  private int block;
  private int offset;
  private int length;
  private boolean ended;
  private final AtomicLong payloadBytes = new AtomicLong();

  FrameStream(BlockSource source, BlockRange run) {
    this.source = source;
    this.run = run;
    this.block = run.first();
    begin();
  }

  /** Bytes of the whole stream. */
  static long lengthOf(BlockSource source, BlockRange run) {
    long total = new Frame.End().encode().remaining();
    for (int b = run.first(); b <= run.last(); b++) {
      int bytes = source.length(b);
      total += new Frame.Block(b, bytes).encode().remaining() + bytes;
    }
    return total;
  }

  /** Bytes of blocks that have been handed on so far. */
  long payloadBytes() {
    return payloadBytes.get();
  }

  private void begin() {
    if (block > run.last()) {
      header = new Frame.End().encode();
      ended = true;
      length = 0;
    } else {
      length = source.length(block);
      header = new Frame.Block(block, length).encode();
    }
    offset = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int count) throws IOException {
    Objects.checkFromIndexSize(at, count, into.length);
    int done = 0;
    while (done < count) {
      int n =
          header.hasRemaining()
              ? head(into, at + done, count - done)
              : body(into, at + done, count - done);
      if (n == 0) {
        break;
      }
      done += n;
    }
    return done == 0 && count > 0 ? -1 : done;
  }

  private int head(byte[] into, int at, int count) {
    int n = Math.min(count, header.remaining());
    header.get(into, at, n);
    return n;
  }

  private int body(byte[] into, int at, int count) throws IOException {
    int n = Math.min(count, length - offset);
    if (n > 0) {
      try {
        source.read(block, offset, into, at, n);
      } catch (ContentDiffers e) {
        throw new IOException(e.getMessage(), e);
      }
      offset += n;
      payloadBytes.addAndGet(n);
    }
    if (offset == length && !ended) {
      block++;
      begin();
    }
    return n;
  }
}
