package dev.waybill.executor;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.catalogue.ManifestSigner;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A publisher's key without certificates, and those who believe it and nobody else. */
public final class Keys implements ManifestSigner {
  private static final List<String> CHAIN = List.of("AAAA");

  private final KeyPair pair;

  public Keys() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ManifestSignature sign(ManifestHash hash, @Nullable Long size) {
    return ManifestSignature.by(
        pair.getPrivate(), CHAIN, hash, size, System.currentTimeMillis() / 1000);
  }

  /** Signs the first blocks of a sample, and its end where they are all. */
  public ManifestSignature sign(Sample sample, int blocks) {
    ManifestHash hash = ManifestHash.start(sample.id(), sample.blockSize());
    for (Checksum c : sample.manifest(0, blocks, false).checksums()) {
      hash = hash.plus(c);
    }
    return sign(hash, blocks == sample.blocks() ? (long) sample.bytes().length : null);
  }

  /** Of a host that believes nobody else. */
  public ManifestPolicy policy(boolean unsignedAllowed) {
    return new ManifestPolicy(
        (hash, s) -> s.isOf(hash, pair.getPublic()) ? null : "has a bad signature",
        unsignedAllowed);
  }
}
