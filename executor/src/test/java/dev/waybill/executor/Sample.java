package dev.waybill.executor;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.BlockWriter;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.executor.transfer.Frame;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.ManifestPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file version of seeded random bytes, with what its publisher knows of it. */
public final class Sample {
  private final FileId id;
  private final byte[] bytes;
  private final int blockSize;

  public Sample(FileId id, byte[] bytes, int blockSize) {
    this.id = id;
    this.bytes = bytes;
    this.blockSize = blockSize;
  }

  public FileId id() {
    return id;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int blockSize() {
    return blockSize;
  }

  public static Sample of(String id, int size, int blockSize, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return new Sample(FileId.parse(id), bytes, blockSize);
  }

  /** Makes it known in a store, where no block of it is held yet. */
  public StoredFile openedIn(BlockStore store) throws IOException {
    StoredFile file = store.open(id, blockSize);
    file.learn(manifest());
    return file;
  }

  public BlockLayout layout() {
    return new BlockLayout(bytes.length, blockSize);
  }

  public int blocks() {
    return layout().blockCount();
  }

  public byte[] block(int block) {
    int from = (int) layout().offset(block);
    return Arrays.copyOfRange(bytes, from, from + (int) layout().length(block));
  }

  public Checksum checksum(int block) {
    return Checksum.of(ByteBuffer.wrap(block(block)));
  }

  public ManifestPage manifest() {
    return manifest(0, blocks(), true);
  }

  public ManifestPage manifest(int from, int to, boolean whole) {
    List<Checksum> checksums = new ArrayList<>();
    for (int i = from; i < to; i++) {
      checksums.add(checksum(i));
    }
    return new ManifestPage(id, blockSize, from, checksums, whole ? (long) bytes.length : null);
  }

  public FileInfo info(boolean origin) {
    return new FileInfo(id, blockSize, blocks(), (long) bytes.length, true, origin);
  }

  /** Writes blocks into a store that knows the manifest. */
  public void storeIn(StoredFile file, int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      byte[] block = block(i);
      try (BlockWriter w = file.begin(i, block.length, Checksum.newDigest()).orElseThrow()) {
        w.write(ByteBuffer.wrap(block));
        if (!w.finish()) {
          throw new IllegalStateException("block " + i + " differs");
        }
      }
    }
  }

  public void storeDurablyIn(StoredFile file, int first, int last) throws IOException {
    storeIn(file, first, last);
    file.awaitDurable(BlockSet.of(first, last));
  }

  /** The frames of these blocks, with the end. */
  public byte[] frames(int first, int last) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) {
      byte[] block = block(i);
      out.writeBytes(new Frame.Block(i, block.length).encode().array());
      out.writeBytes(block);
    }
    out.writeBytes(new Frame.End().encode().array());
    return out.toByteArray();
  }
}
