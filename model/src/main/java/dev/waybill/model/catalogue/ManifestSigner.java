package dev.waybill.model.catalogue;

import org.jspecify.annotations.Nullable;

/** Who signs manifests for the catalogue: a publisher with its key. */
@FunctionalInterface
public interface ManifestSigner {
  /**
   * Signs, at this moment, all blocks of a version so far.
   *
   * @param size bytes of the whole file where its last block is among them; null where more will
   *     come
   */
  ManifestSignature sign(ManifestHash hash, @Nullable Long size);
}
