package dev.waybill.planner.cache;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(how.getBytes(StandardCharsets.UTF_8));
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        InstanceFormat.write(named(problem), out);
      }
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere", e);
    }
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
