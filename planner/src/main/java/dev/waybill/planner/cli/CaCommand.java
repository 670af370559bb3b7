package dev.waybill.planner.cli;

import dev.waybill.model.unit.Identifier;
import dev.waybill.planner.authority.BrowserFile;
import dev.waybill.planner.authority.CertificateAuthority;
import dev.waybill.planner.authority.Tokens;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.identity.CredentialsFolder;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The command {@code ca}: makes an installation's certificate authority, issues credentials from
 * it, and makes the tokens that hosts enrol themselves with.
 */
final class CaCommand implements Command {
  private static final Duration ISSUED = Duration.ofDays(90);
  private static final Duration TOKEN = Duration.ofHours(1);
  private static final Map<String, Set<String>> TASKS =
      Map.of(
          "init", Set.of("dir", "name"),
          "issue", Set.of("dir", "role", "name", "output", "valid", "address", "browser"),
          "token", Set.of("dir", "host", "valid"));

  private final Clock clock;

  CaCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ca";
  }

  @Override
  public String summary() {
    return """
        Makes a certificate authority, issues credentials from it, and lets hosts enrol themselves:
          init    makes an authority in --dir
          issue   writes a credentials folder for a master, a host or a client; for a publisher, what
                  it signs with
          token   prints a token with which one host enrols itself, once: waybill executor --enrol TOKEN""";
  }

  @Override
  public String usage() {
    return "init|issue|token --dir DIR [options]";
  }

  @Override
  public String example() {
    return "./waybill ca issue --dir ca --role client --name alice --output alice-credentials";
  }

  @Override
  public Options options() {
    return Flags.of()
        .value("dir", "DIR", "the authority's folder; whoever reads it can be anybody")
        .value(
            "name", "NAME", "issue: who it is for; of a host, its id. init: the authority's name")
        .value("role", "ROLE", "issue: master, host, client or publisher")
        .value("output", "DIR", "issue: the credentials folder that is written")
        .value("host", "HOST", "token: the id of the host that may enrol with it")
        .value("valid", "SECONDS", "issue: default 90 days; token: default an hour")
        .value("address", "NAME,...", "issue: what browsers call the machine")
        .flag("browser", "issue: also write browser.p12, and print its password")
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    String task = arguments.positional("init, issue or token").get(0);
    Set<String> known = TASKS.get(task);
    if (known == null) {
      throw CommandFailure.usage("'" + task + "' is none of init, issue, token");
    }
    for (Option o : options().getOptions()) {
      if (arguments.has(o.getLongOpt()) && !known.contains(o.getLongOpt())) {
        throw CommandFailure.usage("--" + o.getLongOpt() + ": no option of ca " + task);
      }
    }
    Path folder = Arguments.pathOf("--dir", arguments.required("dir"));
    switch (task) {
      case "init" -> init(folder, arguments);
      case "issue" -> issue(folder, arguments);
      default -> token(folder, arguments);
    }
    return ExitStatus.DONE;
  }

  private void init(Path folder, Arguments arguments) throws IOException {
    CertificateAuthority.init(folder, arguments.text("name").orElse("Waybill CA"), clock);
    System.out.println("an authority in " + folder + "; keep its ca-key.pem to yourself");
  }

  private void issue(Path folder, Arguments arguments) throws IOException, CommandFailure {
    Role role =
        Role.named(arguments.required("role"))
            .orElseThrow(
                () -> CommandFailure.usage("--role: none of master, host, client, publisher"));
    Identity identity = new Identity(role, identifier(arguments, "name"));
    Path output = Arguments.pathOf("--output", arguments.required("output"));
    Duration valid = arguments.seconds("valid").orElse(ISSUED);
    if (role == Role.PUBLISHER && arguments.has("browser")) {
      throw CommandFailure.usage("--browser: a publisher's certificate makes no connections");
    }
    CertificateAuthority authority = CertificateAuthority.open(folder, clock);
    KeyPair key = role == Role.PUBLISHER ? KeyProof.newSigningKey() : KeyProof.newKey();
    List<X509Certificate> chain =
        authority.issue(identity, key.getPublic(), valid, arguments.list("address"));
    List<X509Certificate> authorities = List.of(authority.certificate());
    if (role == Role.PUBLISHER) {
      CredentialsFolder.writeSigning(output, key.getPrivate(), chain, authorities);
    } else {
      CredentialsFolder.write(output, key.getPrivate(), chain, authorities);
    }
    System.out.printf(
        "%s in %s, valid until %s%n", identity, output, chain.get(0).getNotAfter().toInstant());
    if (arguments.has("browser")) {
      System.out.println(
          "the password of browser.p12: " + BrowserFile.write(output, key.getPrivate(), chain));
    }
  }

  private void token(Path folder, Arguments arguments) throws IOException, CommandFailure {
    String host = identifier(arguments, "host");
    Duration valid = arguments.seconds("valid").orElse(TOKEN);
    CertificateAuthority authority = CertificateAuthority.open(folder, clock);
    System.out.println(new Tokens(folder, clock).make(host, valid, authority.certificate()).text());
  }

  private static String identifier(Arguments arguments, String option) throws CommandFailure {
    try {
      return Identifier.require("--" + option, arguments.required(option));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
