package dev.waybill.model.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue trusts a manifest by: a publisher's Ed25519 signature of the running hash over
 * all blocks so far, with the certificates that say who that is. The newest one of a version stands
 * for all before it.
 *
 * @param blocks how many blocks it covers
 * @param size bytes of the whole file where the last of the blocks is the file's last; null where
 *     more will come
 * @param signedAt seconds since the epoch, by the publisher's clock
 * @param certificates X.509 in DER and Base64: the signer's, and those between it and an authority
 * @param bytes the signature in Base64
 */
public record ManifestSignature(
    int blocks, @Nullable Long size, long signedAt, List<String> certificates, String bytes) {
  private static final String MESSAGE = "waybill-manifest-signature/1";
  private static final int HASH_BYTES = 32;
  private static final int MOST_CERTIFICATES = 8;
  private static final int MOST_CHARACTERS = 16 << 10;

  public ManifestSignature {
    certificates = List.copyOf(certificates);
    if (blocks < 0 || signedAt < 0 || (size != null && size < 0)) {
      throw new IllegalArgumentException(
          "a signature of %d blocks, size %s, at %d s".formatted(blocks, size, signedAt));
    }
    if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
      throw new IllegalArgumentException(
          "a signature with " + certificates.size() + " certificates");
    }
    certificates.forEach(ManifestSignature::decoded);
    decoded(bytes);
  }

  private static byte[] decoded(String base64) {
    if (base64.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("a signature with a part that is too long");
    }
    return Base64.getDecoder().decode(base64);
  }

  /**
   * Signs.
   *
   * @param key an Ed25519 one, that of the first certificate
   * @param hash over all blocks so far
   */
  public static ManifestSignature by(
      PrivateKey key,
      List<String> certificates,
      ManifestHash hash,
      @Nullable Long size,
      long signedAt) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(message(hash, size, signedAt));
      String bytes = Base64.getEncoder().encodeToString(ed25519.sign());
      return new ManifestSignature(hash.blocks(), size, signedAt, certificates, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key that signs with Ed25519", e);
    }
  }

  /** Whether it is a key's signature of this hash. */
  public boolean isOf(ManifestHash hash, PublicKey key) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(message(hash, size, signedAt));
      return ed25519.verify(decoded(bytes));
    } catch (GeneralSecurityException e) {
      return false; // Another kind of key, or of signature.
    }
  }

  /** The certificates in DER, the signer's first. */
  public List<byte[]> chain() {
    return certificates.stream().map(ManifestSignature::decoded).toList();
  }

  /**
   * What is signed:
   *
   * <pre>
   * "waybill-manifest-signature/1", 0, H(n): 32, n: 4, whole: 1, size: 8, signed at: 8
   * </pre>
   *
   * where {@code whole} is 1 where the size is known, and else it and the size are 0.
   */
  private static byte[] message(ManifestHash hash, @Nullable Long size, long signedAt) {
    byte[] kind = MESSAGE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocate(kind.length + 1 + HASH_BYTES + 4 + 1 + 2 * 8);
    message.put(kind).put((byte) 0);
    message.put(HexFormat.of().parseHex(hash.digest().hex())).putInt(hash.blocks());
    message.put((byte) (size == null ? 0 : 1)).putLong(size == null ? 0 : size);
    return message.putLong(signedAt).array();
  }
}
