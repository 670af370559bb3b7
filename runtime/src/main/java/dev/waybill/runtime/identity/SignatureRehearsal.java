package dev.waybill.runtime.identity;

import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSignature;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a process with credentials does for nothing at its start: manifests are signed and verified,
 * and its own certificate is. A JVM that has never done so takes 50 to 100 ms of processor time for
 * the first signature, and every host has to verify that of a distribution before its first block
 * counts.
 */
public final class SignatureRehearsal {
  private static final int ROUNDS = 30;

  private SignatureRehearsal() {}

  /**
   * Takes a quarter of a second of processor time.
   *
   * @param enough when to end before that
   */
  public static void run(Credentials credentials, BooleanSupplier enough) {
    try {
      KeyPair keys = KeyProof.newSigningKey();
      List<String> chain = SigningKey.encoded(List.of(credentials.certificate()));
      ManifestHash hash = ManifestHash.opening("rehearsal", null, 1);
      for (int i = 0; i < ROUNDS && !enough.getAsBoolean(); i++) {
        ManifestSignature signature = ManifestSignature.by(keys.getPrivate(), chain, hash, null, 0);
        if (!signature.isOf(hash, keys.getPublic())) {
          throw new IllegalStateException("a signature is not of whoever has signed");
        }
        String unused = credentials.trouble();
      }
    } catch (GeneralSecurityException e) {
      // Whoever signs or verifies in earnest meets the same.
    }
  }
}
