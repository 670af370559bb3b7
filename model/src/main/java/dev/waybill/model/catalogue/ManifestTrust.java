package dev.waybill.model.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * Whose signatures are believed: the part of the catalogue that the master and every executor each
 * have of their own. May be asked from any thread.
 */
@FunctionalInterface
public interface ManifestTrust {
  /**
   * Says what is wrong with a signature of a hash, in words that follow the name of what was
   * signed; null where it is right.
   *
   * @param hash over the blocks that the signature says it covers
   */
  @Nullable String objection(ManifestHash hash, ManifestSignature signature);
}
