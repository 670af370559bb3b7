package dev.waybill.executor.cli;

import dev.waybill.executor.publish.ProcessAge;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Security;
import dev.waybill.runtime.cli.Terminal;
import dev.waybill.runtime.client.MasterClient;
import dev.waybill.runtime.client.PersistentMaster;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the client commands reach the master, and how they name files to it. */
final class Masters {
  /** With the start of the JVM, a command that gets no answer ends within 5 s. */
  private static final double PATIENCE_SECONDS = 4.6;

  /** Where that start has been slow. */
  private static final double LEAST_PATIENCE_SECONDS = 3;

  /** And so many times the start: on a machine that is that busy a master is not there sooner. */
  private static final double STARTS_OF_PATIENCE = 1.5;

  private static final double MOST_PATIENCE_SECONDS = 8;

  private Masters() {}

  /** The masters of {@code --master}. */
  static MasterClient of(Arguments arguments) throws CommandFailure, IOException {
    return of(arguments, Security.credentials(arguments, Role.CLIENT));
  }

  private static MasterClient of(Arguments arguments, @Nullable Credentials credentials)
      throws CommandFailure {
    List<URI> masters = arguments.masters();
    return new MasterClient(masters, Security.sockets(masters, credentials));
  }

  /** The same, for commands that go on while no master answers. */
  static PersistentMaster persistent(Arguments arguments) throws CommandFailure, IOException {
    return persistent(arguments, Security.credentials(arguments, Role.CLIENT));
  }

  /** The same, with credentials that are used for something else too. */
  static PersistentMaster persistent(Arguments arguments, @Nullable Credentials credentials)
      throws CommandFailure {
    return new PersistentMaster(of(arguments, credentials), Terminal::notice);
  }

  /** One call that does not go on for long where no master answers. */
  static <T> T ask(MasterClient master, PersistentMaster.Call<T> call)
      throws IOException, InterruptedException, CommandFailure {
    Double age = ProcessAge.seconds();
    return ask(master, call, patience(age == null ? 1 : age));
  }

  /**
   * The same.
   *
   * @param patience how long it waits for an answer, in seconds
   */
  static <T> T ask(MasterClient master, PersistentMaster.Call<T> call, double patience)
      throws IOException, InterruptedException, CommandFailure {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(call.on(master));
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "ask");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(Math.round(patience * 1000), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          ExitStatus.UNREACHABLE,
          String.format(Locale.ROOT, "no master answers within %.0f s", Math.floor(patience)),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("a call of the master failed", e.getCause());
    }
  }

  /**
   * How long a command waits for an answer, in seconds.
   *
   * @param age what it took to start, in seconds
   */
  static double patience(double age) {
    double least = Math.max(LEAST_PATIENCE_SECONDS, STARTS_OF_PATIENCE * age);
    return Math.min(MOST_PATIENCE_SECONDS, Math.max(least, PATIENCE_SECONDS - age));
  }

  /** A file, with or without a version. */
  record FileName(String name, @Nullable Long version) {
    /** {@code FILE} or {@code FILE@VERSION}. */
    static FileName of(String option, String text) throws CommandFailure {
      try {
        if (text.indexOf('@') < 0) {
          return new FileName(new FileId(text, 0).name(), null);
        }
        FileId id = FileId.parse(text);
        return new FileName(id.name(), id.version());
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitStatus.USAGE, option + ": " + e.getMessage(), e);
      }
    }

    @Override
    public String toString() {
      return version == null ? name : name + "@" + version;
    }
  }
}
