package dev.waybill.model.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running hash of the catalogue over the blocks of a file version, which its publisher signs:
 *
 * <pre>
 * H(0)   = SHA-256("waybill-manifest/1", 0, length of the name: 4, name, version: 8, block size: 8)
 * H(i+1) = SHA-256(H(i), checksum of block i)
 * </pre>
 *
 * Whole numbers are big-endian, of as many bytes as stand behind them; names are UTF-8. So one hash
 * stands for the name, the version, the block size, and every block so far in its order, and it can
 * be continued while the file grows, without the checksums before.
 *
 * @param blocks how many blocks it stands for
 */
public record ManifestHash(int blocks, Checksum digest) {
  private static final String MANIFEST = "waybill-manifest/1";
  private static final String OPENING = "waybill-opening/1";
  private static final int BYTES = 32;

  public ManifestHash {
    if (blocks < 0) {
      throw new IllegalArgumentException("a hash of " + blocks + " blocks");
    }
  }

  /** Of a version without any block yet. */
  public static ManifestHash start(FileId file, long blockSize) {
    return new ManifestHash(0, digest(MANIFEST, file.name(), file.version(), blockSize));
  }

  /**
   * What is signed where a publisher begins, or goes on with, a version that it may not know yet.
   *
   * <p>{@code SHA-256("waybill-opening/1", 0, ...)}, and on as in H(0).
   *
   * @param version null where the master is to choose it: 64 ones
   */
  public static ManifestHash opening(String name, @Nullable Long version, long blockSize) {
    return new ManifestHash(0, digest(OPENING, name, version == null ? -1 : version, blockSize));
  }

  private static Checksum digest(String what, String name, long version, long blockSize) {
    byte[] kind = what.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(kind.length + 1 + 4 + bytes.length + 2 * 8);
    start.put(kind).put((byte) 0).putInt(bytes.length).put(bytes);
    start.putLong(version).putLong(blockSize);
    return Checksum.of(start.flip());
  }

  /** With one more block. */
  public ManifestHash plus(Checksum checksum) {
    return plus(List.of(checksum));
  }

  /** With more blocks, in this order. */
  public ManifestHash plus(List<Checksum> checksums) {
    MessageDigest sha = Checksum.newDigest();
    HexFormat hex = HexFormat.of();
    byte[] now = hex.parseHex(digest.hex());
    try {
      for (Checksum c : checksums) {
        sha.update(now);
        sha.update(hex.parseHex(c.hex()));
        sha.digest(now, 0, BYTES);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
    return new ManifestHash(
        Math.addExact(blocks, checksums.size()), new Checksum(hex.formatHex(now)));
  }
}
