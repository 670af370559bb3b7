package dev.waybill.planner.cache;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * What two problems have in common that any schedule of the one is a schedule of the other: the
 * SHA-256 of the instance document, whatever it is called, and of how it is to be solved.
 */
public record Fingerprint(String hex) {
  private static final String NO_NAME = "problem";

  /**
   * @param how the solver and its limits
   */
  public static Fingerprint of(Problem problem, String how) {
    MessageDigest digest = Checksum.newDigest();
    digest.update(how.getBytes(StandardCharsets.UTF_8));
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      InstanceFormat.write(named(problem), out);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere", e);
    }
    return new Fingerprint(Checksum.of(digest).hex());
  }

  private static Problem named(Problem p) {
    return new Problem(
        NO_NAME,
        "",
        p.network(),
        java.util.List.copyOf(p.files().values()),
        p.holdings(),
        p.generations(),
        p.inProgress(),
        p.demands(),
        p.objective());
  }
}
