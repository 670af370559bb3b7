package dev.waybill.model.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * Which manifests are taken: the rule of the catalogue that the master and every executor follow
 * each on its own.
 *
 * @param trust null where no authority is known, so that nothing can be told
 * @param unsignedAllowed whether what nobody has signed is taken too
 */
public record ManifestPolicy(@Nullable ManifestTrust trust, boolean unsignedAllowed) {
  /** Of whoever knows no authority: everything is taken, and signatures are passed on unread. */
  public static final ManifestPolicy OPEN = new ManifestPolicy(null, true);

  public ManifestPolicy {
    if (trust == null && !unsignedAllowed) {
      throw new IllegalArgumentException("signatures are asked for that nobody can verify");
    }
  }

  /** Whether signatures are verified at all. */
  public boolean verifies() {
    return trust != null;
  }

  /**
   * Says why a manifest is not taken, in words that follow its name; null where it is.
   *
   * @param hash over all blocks of the manifest
   * @param size bytes of the whole file; null while it grows
   * @param signedBefore whether a signature of fewer blocks, or of these, has been verified: what
   *     has been signed once can't go on without
   */
  public @Nullable String objection(
      ManifestHash hash,
      @Nullable Long size,
      @Nullable ManifestSignature signature,
      boolean signedBefore) {
    if (trust == null) {
      return null;
    }
    if (signature == null) {
      return unsigned(signedBefore);
    }
    if (signature.blocks() != hash.blocks()) {
      return "has %d blocks, and a signature of %d".formatted(hash.blocks(), signature.blocks());
    }
    Long signed = signature.size();
    if (signed == null ? size != null : !signed.equals(size)) {
      return "ends at %s bytes, and was signed to end at %s".formatted(said(size), said(signed));
    }
    return trust.objection(hash, signature);
  }

  /** Says why a manifest without a signature is not taken; null where it is. */
  public @Nullable String unsigned(boolean signedBefore) {
    if (trust == null) {
      return null;
    }
    if (signedBefore) {
      return "was signed before, and is not any more";
    }
    return unsignedAllowed ? null : "is not signed";
  }

  private static String said(@Nullable Long size) {
    return size == null ? "unknown" : size.toString();
  }
}
