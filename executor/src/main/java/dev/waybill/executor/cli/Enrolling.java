package dev.waybill.executor.cli;

import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Security;
import dev.waybill.runtime.client.CertificateCalls;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.EnrolmentToken;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.Role;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an executor comes by its credentials: they are there, or it enrols itself with a token. */
final class Enrolling {
  private static final long RETRY_MILLIS = 1000;

  private Enrolling() {}

  /**
   * The credentials of this host; null where there are none.
   *
   * @param otherwise the folder where {@code --credentials} names none
   */
  static @Nullable Credentials credentials(
      Arguments arguments, List<URI> masters, String host, Path otherwise)
      throws CommandFailure, IOException, InterruptedException {
    Path folder = arguments.path("credentials").orElse(otherwise);
    String token = arguments.text("enrol").orElse(null);
    if (token != null && arguments.has("insecure")) {
      throw CommandFailure.usage("--insecure and --enrol contradict each other");
    }
    if (token != null && !CredentialsFolder.exists(folder)) {
      enrol(masters, parsed(token), host, folder);
    }
    boolean none = !arguments.has("credentials") && !CredentialsFolder.exists(folder);
    if (none || (arguments.has("insecure") && !arguments.has("credentials"))) {
      return null;
    }
    Credentials credentials = Security.credentials(arguments, folder, Role.HOST);
    Identity identity = credentials.identity();
    if (!identity.name().equals(host)) {
      throw CommandFailure.usage(
          "%s: these are credentials of %s, and --id says %s".formatted(folder, identity, host));
    }
    return credentials;
  }

  private static EnrolmentToken parsed(String token) throws CommandFailure {
    try {
      return EnrolmentToken.parse(token);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--enrol: this is no token of waybill ca", e);
    }
  }

  private static void enrol(List<URI> masters, EnrolmentToken token, String host, Path folder)
      throws CommandFailure, IOException, InterruptedException {
    Logger log = LoggerFactory.getLogger("executor");
    if (masters.stream().anyMatch(master -> !master.getScheme().equals("https"))) {
      throw CommandFailure.usage("--master: hosts enrol at https://HOST:PORT");
    }
    for (boolean first = true; ; first = false) {
      try {
        CertificateCalls.enrol(masters, token, host, folder, Clock.systemUTC());
        log.info("{} has enrolled: its credentials are in {}", host, folder);
        return;
      } catch (MasterClient.Refused e) {
        if (e.problem().status() < 500) {
          throw new CommandFailure(ExitStatus.USAGE, "--enrol: " + e.getMessage(), e);
        }
      } catch (IOException e) {
        if (e.getCause() instanceof TlsFailure) {
          throw e;
        }
        if (first) {
          log.warn("{}; trying again", e.getMessage());
        }
      }
      Thread.sleep(RETRY_MILLIS);
    }
  }
}
