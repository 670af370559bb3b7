package dev.waybill.runtime.cli;

import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.Role;
import dev.waybill.runtime.identity.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a command's {@code --credentials} and {@code --insecure} come to: who the process is, and
 * whether it may do without.
 */
public final class Security {
  private Security() {}

  /**
   * The credentials of {@code --credentials}; null where there are none.
   *
   * @throws CommandFailure where they are those of another role
   */
  public static @Nullable Credentials credentials(Arguments arguments, Role role)
      throws CommandFailure, IOException {
    Path folder = arguments.path("credentials").orElse(null);
    return folder == null ? null : credentials(arguments, folder, role);
  }

  /** The credentials in a folder. */
  public static Credentials credentials(Arguments arguments, Path folder, Role role)
      throws CommandFailure, IOException {
    if (arguments.has("insecure")) {
      throw CommandFailure.usage("--insecure and credentials contradict each other: " + folder);
    }
    Credentials credentials = Credentials.open(folder);
    Identity identity = credentials.identity();
    if (identity.role() != role) {
      throw CommandFailure.usage(
          "%s: these are credentials of %s, and a %s is needed here"
              .formatted(folder, identity, role.label()));
    }
    return credentials;
  }

  /**
   * How to connect to the masters of {@code --master}.
   *
   * @throws CommandFailure where their URLs say otherwise
   */
  public static Sockets sockets(List<URI> masters, @Nullable Credentials credentials)
      throws CommandFailure {
    for (URI master : masters) {
      boolean secured = master.getScheme().equals("https");
      if (secured && credentials == null) {
        throw CommandFailure.usage("--credentials DIR is missing, which " + master + " needs");
      }
      if (!secured && credentials != null) {
        throw CommandFailure.usage(
            "--master: with credentials it is https://" + master.getAuthority());
      }
    }
    return credentials == null ? Sockets.plain() : credentials.sockets(Role.MASTER);
  }

  /**
   * Makes sure that a process serves others without credentials only where nobody else reaches it,
   * or where it was told to.
   *
   * @param givesUp what anybody can do who reaches it, as in "read the blocks of this host"
   */
  public static void requireForListening(
      Arguments arguments, HostPort listen, @Nullable Credentials credentials, String givesUp)
      throws CommandFailure {
    if (credentials != null) {
      String trouble = credentials.trouble();
      if (trouble != null) {
        LoggerFactory.getLogger(Security.class).warn("{}; nobody will believe it", trouble);
      }
    } else if (isLoopback(listen)) {
      return;
    } else if (arguments.has("insecure")) {
      LoggerFactory.getLogger(Security.class)
          .warn("--insecure: whoever reaches {} can {}", listen, givesUp);
    } else {
      throw CommandFailure.usage(
          ("without credentials whoever reaches %s can %s: give --credentials DIR (waybill ca makes"
                  + " them), or --insecure to go without")
              .formatted(listen, givesUp));
    }
  }

  private static boolean isLoopback(HostPort listen) {
    InetAddress address = listen.resolve().getAddress();
    return address != null && address.isLoopbackAddress();
  }
}
