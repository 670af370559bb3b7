package dev.waybill.model.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the catalogue trusts a block by: its SHA-256, as 64 lower-case hexadecimal digits. */
public record Checksum(@JsonValue String hex) {
  private static final int DIGITS = 64;

  @JsonCreator
  public Checksum {
    if (hex.length() != DIGITS
        || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: '" + hex + "'");
    }
  }

  /** The checksum that a finished digest gives; the digest begins anew. */
  public static Checksum of(MessageDigest finished) {
    return new Checksum(HexFormat.of().formatHex(finished.digest()));
  }

  /** The checksum of the bytes that remain in {@code data}, which are consumed. */
  public static Checksum of(ByteBuffer data) {
    MessageDigest digest = newDigest();
    digest.update(data);
    return of(digest);
  }

  /** A digest of the kind that checksums are made with. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
