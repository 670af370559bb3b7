package dev.waybill.planner.authority;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.Messages;
import dev.waybill.model.unit.Identifier;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.EnrolmentToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The one-time tokens of a certificate authority: a file each beside its key, named by the token's
 * hash. A file that has been renamed is a token that has been used, so that of several processes
 * that redeem one at a time, one does. Thread-safe.
 */
public final class Tokens {
  private static final String USED = ".used";

  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param authority the authority's folder
   */
  public Tokens(Path authority, Clock clock) {
    this.folder = authority.resolve("tokens");
    this.clock = clock;
  }

  /** What is kept of a token. */
  record Kept(String host, long expiresAtMillis) {
    Kept {
      Identifier.require("host", host);
    }
  }

  /** A new token for a host, kept from now on. */
  public EnrolmentToken make(String host, Duration valid, X509Certificate authority)
      throws IOException {
    EnrolmentToken token = EnrolmentToken.of(random, authority);
    Kept kept = new Kept(host, clock.instant().plus(valid).toEpochMilli());
    CredentialsFolder.create(folder);
    CredentialsFolder.writeText(
        file(token.secret()), new String(Messages.write(kept), StandardCharsets.UTF_8), true);
    return token;
  }

  private Path file(String secret) {
    return folder.resolve(EnrolmentToken.hashOf(secret));
  }

  /** Uses a token up, if it is good for this host. */
  public Redeemed redeem(String secret, String host) throws IOException {
    Path file = file(secret);
    Path used = file.resolveSibling(file.getFileName() + USED);
    if (Files.exists(used)) {
      return new Redeemed.Used(read(used).host());
    }
    try {
      Kept kept = read(file);
      Instant expires = Instant.ofEpochMilli(kept.expiresAtMillis());
      if (clock.instant().isAfter(expires)) {
        return new Redeemed.Expired(kept.host(), expires);
      }
      if (!kept.host().equals(host)) {
        return new Redeemed.OtherHost();
      }
      Files.move(file, used, StandardCopyOption.ATOMIC_MOVE);
      return new Redeemed.Granted(kept.host());
    } catch (NoSuchFileException e) {
      return Files.exists(used) ? new Redeemed.Used(read(used).host()) : new Redeemed.Unknown();
    }
  }

  private static Kept read(Path file) throws IOException {
    try {
      return Messages.read(
          new ByteArrayInputStream(Files.readAllBytes(file)), file.toString(), Kept.class);
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
