package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import java.io.IOException;
import java.security.MessageDigest;

/** Makes the checksums of the blocks that the generator has made. For one thread. */
final class BlockDigest {
  private static final int CHUNK = 256 << 10;

  private final BlockSource source;
  private final MessageDigest digest = Checksum.newDigest();
  private byte[] chunk = new byte[0];

  BlockDigest(BlockSource source) {
    this.source = source;
  }

  /** The checksum of a block that has been made, read again. */
  Checksum of(int block) throws IOException, ContentDiffers {
    int length = source.length(block);
    if (chunk.length < Math.min(CHUNK, length)) {
      chunk = new byte[Math.min(CHUNK, length)];
    }
    for (int done = 0; done < length; ) {
      int n = Math.min(chunk.length, length - done);
      source.read(block, done, chunk, 0, n);
      digest.update(chunk, 0, n);
      done += n;
    }
    return Checksum.of(digest);
  }
}
