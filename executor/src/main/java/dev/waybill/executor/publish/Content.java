package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;

/** What the generator is given to publish. */
public sealed interface Content {
  /** The largest block, in bytes. */
  long MAX_BLOCK = 1L << 30;

  /** The largest block of a stream, whose blocks are kept in memory, in bytes. */
  long MAX_STREAM_BLOCK = 64L << 20;

  /** Bytes of all of it, where that is known. */
  OptionalLong size();

  /**
   * Its blocks from {@code first} on.
   *
   * @param first blocks before it have been made earlier; 0 where it is a stream
   */
  BlockSource blocks(long blockSize, int first, FinalRequest finalRequest) throws IOException;

  /**
   * Compares it with what is known of a version, as far as that can be done before it is published.
   */
  Comparison compare(KnownBlocks known) throws IOException, InterruptedException;

  /**
   * What a comparison with a manifest has shown.
   *
   * @param same whether nothing differs as far as it went
   * @param hash over the blocks at the beginning that need not be compared again
   */
  record Comparison(boolean same, ManifestHash hash) {}

  /** A file that nobody writes to. */
  record PlainFile(Path path, long bytes) implements Content {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes);
    }

    @Override
    public BlockSource blocks(long blockSize, int first, FinalRequest finalRequest)
        throws IOException {
      return new FileBlocks(path, blockSize, FixedExtent.of(path), first);
    }

    @Override
    public Comparison compare(KnownBlocks known) throws IOException, InterruptedException {
      return FileComparison.of(path, known);
    }
  }

  /** A file that is still being written. */
  record GrowingFile(Path path, Duration idle) implements Content {
    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    @Override
    public BlockSource blocks(long blockSize, int first, FinalRequest finalRequest)
        throws IOException {
      return new FileBlocks(path, blockSize, new GrowingExtent(path, idle, finalRequest), first);
    }

    @Override
    public Comparison compare(KnownBlocks known) throws IOException, InterruptedException {
      return FileComparison.of(path, known);
    }
  }

  /** What comes once, and ends when it ends. It can be compared only as far as it can be kept. */
  record Stream(BufferedInputStream in) implements Content {
    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    @Override
    public BlockSource blocks(long blockSize, int first, FinalRequest finalRequest) {
      return new StreamBlocks(in, (int) blockSize);
    }

    @Override
    public Comparison compare(KnownBlocks known) throws IOException, InterruptedException {
      ManifestHash none = known.hash();
      if (known.count() == 0) {
        return new Comparison(true, none);
      }
      int limit = (int) Math.min(known.blockSize(), MAX_STREAM_BLOCK);
      in.mark(limit);
      MessageDigest digest = Checksum.newDigest();
      digest.update(in.readNBytes(limit));
      in.reset();
      // The stream's blocks are all made again, so none of them counts as compared.
      return new Comparison(Checksum.of(digest).equals(known.checksum(0)), none);
    }
  }
}
