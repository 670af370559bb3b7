package dev.waybill.executor.transfer;

import dev.waybill.executor.wire.WireInput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One piece of a stream of blocks on the wire, from a sender to a receiver or from the publisher to
 * an origin.
 *
 * <p>A stream is a sequence of frames. Each begins with a byte that says what it is; numbers are
 * big-endian: {@code 'B'}, the block's index (4 bytes) and length (4 bytes), followed by the
 * block's bytes; {@code 'W'} alone: the sender waits for its next block and is alive; {@code 'E'}
 * alone: the stream is over; {@code 'R'}, a length (2 bytes) and that many bytes of UTF-8: the
 * sender gives up, and why.
 */
public sealed interface Frame {
  /** The media type of a stream of frames. */
  String MEDIA_TYPE = "application/vnd.waybill.blocks";

  /** The bytes of the block follow. */
  record Block(int index, int length) implements Frame {
    public Block {
      if (index < 0 || length <= 0) {
        throw new IllegalArgumentException("block " + index + " of " + length + " bytes");
      }
    }
  }

  /** The sender waits for its next block. */
  record Waiting() implements Frame {}

  /** Nothing follows. */
  record End() implements Frame {}

  /** The sender gives up. */
  record Refused(String reason) implements Frame {}

  /** This frame as it goes onto the wire; the bytes of a block are to follow. */
  default ByteBuffer encode() {
    if (this instanceof Block b) {
      return ByteBuffer.allocate(9).put((byte) 'B').putInt(b.index).putInt(b.length).flip();
    }
    if (this instanceof Refused r) {
      byte[] text = r.reason.getBytes(StandardCharsets.UTF_8);
      int length = Math.min(text.length, Short.MAX_VALUE);
      return ByteBuffer.allocate(3 + length)
          .put((byte) 'R')
          .putShort((short) length)
          .put(text, 0, length)
          .flip();
    }
    return ByteBuffer.wrap(new byte[] {(byte) (this instanceof Waiting ? 'W' : 'E')});
  }

  /**
   * Reads the next frame; where it is a block, its bytes come next in {@code in}.
   *
   * @throws java.io.EOFException where the stream ends without saying so
   * @throws StreamCorruptedException where what comes is no frame
   */
  static Frame read(WireInput in) throws IOException {
    int kind = in.readByte();
    switch (kind) {
      case 'B' -> {
        int index = in.readInt();
        int length = in.readInt();
        if (index < 0 || length <= 0) {
          throw new StreamCorruptedException("block " + index + " of " + length + " bytes");
        }
        return new Block(index, length);
      }
      case 'W' -> {
        return new Waiting();
      }
      case 'E' -> {
        return new End();
      }
      case 'R' -> {
        return new Refused(new String(in.readBytes(in.readShort()), StandardCharsets.UTF_8));
      }
      default -> throw new StreamCorruptedException("no frame begins with byte " + kind);
    }
  }
}
