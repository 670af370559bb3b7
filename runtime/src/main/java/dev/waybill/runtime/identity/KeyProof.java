package dev.waybill.runtime.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The keys of parties, and the proof that who asks for a certificate has the key it is for. */
public final class KeyProof {
  private static final String ALGORITHM = "SHA256withECDSA";

  private KeyProof() {}

  /** A new key for connections: P-256, which browsers know too. */
  public static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no P-256 keys", e);
    }
  }

  /** A new key for signatures: Ed25519. */
  public static KeyPair newSigningKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no Ed25519 keys", e);
    }
  }

  /**
   * A signature by the key, as base64.
   *
   * @param purpose what it is asked for with, so that no proof serves twice: a token, or a name
   */
  public static String of(KeyPair key, String purpose) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key.getPrivate());
      signature.update(message(key.getPublic(), purpose));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that can't sign", e);
    }
  }

  /** Whether the bearer of the key has made this proof. */
  public static boolean holds(PublicKey key, String purpose, String proof) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message(key, purpose));
      return signature.verify(Base64.getDecoder().decode(proof));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] message(PublicKey key, String purpose) {
    return ("waybill certificate for " + purpose + "\n" + Pem.of(key))
        .getBytes(StandardCharsets.UTF_8);
  }
}
