package dev.waybill.runtime.cli;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The options of a command as it declares them, in the order in which {@code --help} shows them.
 */
public final class Flags {
  private final Options options = new Options();

  private Flags() {}

  public static Flags of() {
    return new Flags();
  }

  /** An option that is there or not. */
  public Flags flag(String name, String description) {
    options.addOption(Option.builder().longOpt(name).desc(description).get());
    return this;
  }

  /** An option with a value. */
  public Flags value(String name, String valueName, String description) {
    options.addOption(
        Option.builder().longOpt(name).hasArg().argName(valueName).desc(description).get());
    return this;
  }

  /** {@code --json}. */
  public Flags json() {
    return flag("json", "print one JSON document on standard output and nothing else there");
  }

  /**
   * {@code --master}, {@code --credentials} and {@code --insecure}: of every client of a master.
   */
  public Flags master() {
    value("master", "URL", "the master, https://HOST:PORT; several with commas between them");
    return security();
  }

  /** {@code --credentials} and {@code --insecure}. */
  public Flags security() {
    value("credentials", "DIR", "who this process is, and whom it trusts; waybill ca makes it");
    return insecure();
  }

  /** {@code --allow-unsigned}: of those who take manifests. */
  public Flags allowUnsigned() {
    return flag("allow-unsigned", "with credentials: also take files that nobody has signed");
  }

  public Flags insecure() {
    return flag(
        "insecure",
        "no authentication and no encryption: whoever reaches a port can read, publish and order");
  }

  public Options build() {
    return options;
  }
}
