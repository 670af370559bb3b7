package dev.waybill.runtime.cli;

import com.google.common.base.Splitter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command was given: options by their long name, from the command line or else from the
 * configuration file, and positional arguments. Every reader says in one line which option is wrong
 * and why.
 */
public final class Arguments {
  private static final double MAX_SECONDS = 1e9;

  private final Map<String, String> options;
  private final List<String> positional;

  Arguments(Map<String, String> options, List<String> positional) {
    this.options = Map.copyOf(options);
    this.positional = List.copyOf(positional);
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option));
  }

  public String required(String option) throws CommandFailure {
    String value = options.get(option);
    if (value == null) {
      throw CommandFailure.usage("--" + option + " is missing");
    }
    return value;
  }

  /** All positional arguments. */
  public List<String> positional() {
    return positional;
  }

  /**
   * Exactly these positional arguments.
   *
   * @param names what they are called in the usage
   */
  public List<String> positional(String... names) throws CommandFailure {
    if (positional.size() < names.length) {
      throw CommandFailure.usage(names[positional.size()] + " is missing");
    }
    if (positional.size() > names.length) {
      throw CommandFailure.usage("unexpected argument '" + positional.get(names.length) + "'");
    }
    return positional;
  }

  public Optional<Path> path(String option) throws CommandFailure {
    String value = options.get(option);
    return value == null ? Optional.empty() : Optional.of(pathOf("--" + option, value));
  }

  /** {@code value} as a path of this machine. */
  public static Path pathOf(String what, String value) throws CommandFailure {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new CommandFailure(ExitStatus.USAGE, what + ": not a path: " + e.getReason(), e);
    }
  }

  /** A whole number in {@code [min, max]}. */
  public Optional<Long> whole(String option, long min, long max) throws CommandFailure {
    String value = options.get(option);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long n = Long.parseLong(value);
      if (n >= min && n <= max) {
        return Optional.of(n);
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw CommandFailure.usage(
        "--%s: not a whole number from %d to %d: '%s'".formatted(option, min, max, value));
  }

  /** A finite number of at least {@code min}. */
  public Optional<Double> number(String option, double min) throws CommandFailure {
    String value = options.get(option);
    if (value == null) {
      return Optional.empty();
    }
    try {
      double n = Double.parseDouble(value);
      if (n >= min && Double.isFinite(n)) {
        return Optional.of(n);
      }
    } catch (NumberFormatException e) {
      // Said below, like a number out of range.
    }
    throw CommandFailure.usage(
        "--%s: not a number of at least %s: '%s'".formatted(option, min, value));
  }

  /** Seconds, not negative. */
  public Optional<Duration> seconds(String option) throws CommandFailure {
    Optional<Double> seconds = number(option, 0);
    if (seconds.isPresent() && seconds.get() > MAX_SECONDS) {
      throw CommandFailure.usage(
          "--" + option + ": more than 1e9 seconds: '" + seconds.get() + "'");
    }
    return seconds.map(s -> Duration.ofNanos(Math.round(s * 1e9)));
  }

  /** Parts between commas, none of them empty. */
  public List<String> list(String option) throws CommandFailure {
    String value = options.get(option);
    if (value == null) {
      return List.of();
    }
    List<String> parts = Splitter.on(',').trimResults().splitToList(value);
    if (parts.contains("")) {
      throw CommandFailure.usage("--" + option + ": an empty entry in '" + value + "'");
    }
    return parts;
  }

  /**
   * {@code --master}: one or more {@code http://HOST:PORT} or {@code https://HOST:PORT}, with
   * commas between them.
   */
  public List<URI> masters() throws CommandFailure {
    required("master");
    List<URI> uris = new java.util.ArrayList<>();
    for (String part : list("master")) {
      URI uri = uriOf(part);
      if (uri == null) {
        throw CommandFailure.usage(
            "--master: not http://HOST:PORT or https://HOST:PORT: '" + part + "'");
      }
      uris.add(uri);
    }
    return uris;
  }

  private static @Nullable URI uriOf(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean plain = uri.getPath() == null || uri.getPath().isEmpty();
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && plain ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
