package dev.waybill.executor.cli;

import dev.waybill.executor.http.HostAgent;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.unit.Identifier;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Security;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.PublisherTrust;
import dev.waybill.runtime.identity.Sockets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code executor}: the agent on a host; it runs until it is stopped. */
public final class ExecutorCommand implements Command {
  private static final HostPort LISTEN = new HostPort("127.0.0.1", 0);

  @Override
  public String name() {
    return "executor";
  }

  @Override
  public String summary() {
    return "The agent on a host: fetches, verifies, stores and serves blocks as the master orders.";
  }

  @Override
  public String usage() {
    return "--master URL --id HOST [options]";
  }

  @Override
  public String example() {
    return "./waybill executor --master http://10.0.0.1:7000 --id tokyo-1 --listen 10.0.3.7:7001";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("id", "HOST", "this host's id in the master's network file")
        .value("listen", "HOST:PORT", "where to listen; port 0: any (default 127.0.0.1:0)")
        .value("advertise", "HOST:PORT", "where other executors reach it (default: as it listens)")
        .value("data-dir", "DIR", "where it keeps everything (default ./waybill-data/HOST)")
        .value(
            "enrol",
            "TOKEN",
            "of waybill ca: gets this host its credentials, in --credentials or DATA-DIR/credentials")
        .allowUnsigned()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    arguments.positional(new String[0]);
    HostAgent agent = HostAgent.start(settings(arguments));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent), "stop"));
    String line = agent.end().get();
    agent.close();
    throw CommandFailure.usage(line);
  }

  private static void stop(HostAgent agent) {
    // Not a field: this class is loaded for every command, and most have no need of a log.
    Logger log = LoggerFactory.getLogger("executor");
    try {
      agent.close();
      log.info("stopped");
    } catch (IOException | RuntimeException e) {
      log.warn("stopped, though not cleanly: {}", e.getMessage());
    }
  }

  static HostAgent.Settings settings(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    String host = hostId(arguments.required("id"));
    HostPort listen = orElse(address(arguments, "listen"), LISTEN);
    HostPort advertise = address(arguments, "advertise");
    if (advertise == null
        && listen.resolve().getAddress() != null
        && listen.resolve().getAddress().isAnyLocalAddress()) {
      throw CommandFailure.usage(
          "--advertise is missing: others can't reach " + listen + " by this address");
    }
    Path dataDir = arguments.path("data-dir").orElse(defaultDataDir(host));
    List<URI> masters = arguments.masters();
    Credentials credentials =
        Enrolling.credentials(arguments, masters, host, dataDir.resolve("credentials"));
    Security.requireForListening(
        arguments, listen, credentials, "read this host's blocks and feed it others");
    Sockets unused = Security.sockets(masters, credentials);
    ManifestPolicy manifests = PublisherTrust.policy(credentials, arguments.has("allow-unsigned"));
    return new HostAgent.Settings(
        masters, host, listen, advertise, dataDir, credentials, manifests);
  }

  private static String hostId(String text) throws CommandFailure {
    try {
      return Identifier.require("--id", text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** A host's id may have slashes and dots; the folder of it stays within {@code waybill-data}. */
  private static Path defaultDataDir(String host) {
    String segment = host.replace('/', '_');
    return Path.of("waybill-data", segment.startsWith(".") ? "_" + segment : segment);
  }

  private static HostPort orElse(@Nullable HostPort given, HostPort otherwise) {
    return given == null ? otherwise : given;
  }

  private static @Nullable HostPort address(Arguments arguments, String option)
      throws CommandFailure {
    String text = arguments.text(option).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--" + option + ": " + e.getMessage(), e);
    }
  }
}
