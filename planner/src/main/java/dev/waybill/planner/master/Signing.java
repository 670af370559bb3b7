package dev.waybill.planner.master;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.OpenPublication;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the master makes of publishers' signatures: nothing that is not signed as the rule says is
 * begun or acknowledged. Hosts do not rely on it and verify for themselves.
 */
final class Signing {
  /** How far a publisher's clock and the master's may be apart, in seconds. */
  private static final double CLOCKS_APART = 600;

  private final ManifestPolicy policy;

  Signing(ManifestPolicy policy) {
    this.policy = policy;
  }

  /**
   * Says why a publisher can't begin or go on with a version; null where it can.
   *
   * @param version null where there is none yet
   */
  @Nullable String objection(OpenPublication request, @Nullable FileVersion version, double now) {
    ManifestSignature signature = request.signature();
    boolean signedBefore = version != null && version.signature() != null;
    String why = policy.objection(request.hash(), null, signature, signedBefore);
    return said(request.name(), why == null ? clock(signature, now) : why);
  }

  /**
   * Says why announced blocks, which contradict nothing that is known, are not taken; null where
   * they are.
   */
  @Nullable String objection(AnnounceBlocks blocks, FileVersion version, double now) {
    if (isOld(blocks, version)) {
      return null;
    }
    List<Checksum> fresh =
        blocks
            .checksums()
            .subList(version.knownBlocks() - blocks.from(), blocks.checksums().size());
    ManifestSignature signature = blocks.signature();
    String why =
        policy.objection(
            version.hash().plus(fresh),
            size(blocks, version),
            signature,
            version.signature() != null);
    return said(version.id().toString(), why == null ? clock(signature, now) : why);
  }

  /**
   * The signature that is to be kept of announced blocks that have been taken in; null where there
   * is nothing newer than what is kept.
   */
  @Nullable ManifestSignature news(AnnounceBlocks blocks, FileVersion version) {
    ManifestSignature signature = blocks.signature();
    boolean newer =
        signature != null
            && signature.blocks() == version.knownBlocks()
            && (signature.size() != null || version.size() == null)
            && !signature.equals(version.signature());
    return newer ? signature : null;
  }

  /** Whether nothing of it is new: it is told again, and more is known by now. */
  private static boolean isOld(AnnounceBlocks blocks, FileVersion version) {
    int end = blocks.from() + blocks.checksums().size();
    return end < version.knownBlocks()
        || (end == version.knownBlocks() && version.isWhole() && blocks.finalSize() == null);
  }

  private static @Nullable Long size(AnnounceBlocks blocks, FileVersion version) {
    return blocks.finalSize() != null ? blocks.finalSize() : version.size();
  }

  private @Nullable String clock(@Nullable ManifestSignature signature, double now) {
    if (signature == null
        || !policy.verifies()
        || Math.abs(signature.signedAt() - now) <= CLOCKS_APART) {
      return null;
    }
    return "was signed at %s by its publisher's clock, and here it is %s"
        .formatted(Instant.ofEpochSecond(signature.signedAt()), Instant.ofEpochSecond((long) now));
  }

  private static @Nullable String said(String name, @Nullable String why) {
    return why == null ? null : name + " " + why;
  }
}
