package dev.waybill.executor.cli;

import dev.waybill.executor.cli.Masters.FileName;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.Status.FileStatus;
import dev.waybill.runtime.cli.Terminal;
import dev.waybill.runtime.client.MasterClient.Refused;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until every demand for a file is met and verified, for {@code wait} and {@code publish
 * --wait}.
 */
final class Waiting {
  private static final Duration POLL = Duration.ofMillis(200);

  private final PersistentMaster master;
  private final FileName file;
  private boolean saidUnknown;

  Waiting(PersistentMaster master, FileName file) {
    this.master = master;
    this.file = file;
  }

  /**
   * @param timeout null: for as long as it takes
   * @return the file as it is then; empty where time has run out
   */
  Optional<FileStatus> within(@Nullable Duration timeout) throws IOException, InterruptedException {
    if (timeout == null) {
      return Optional.of(untilDone());
    }
    CompletableFuture<FileStatus> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(untilDone());
              } catch (IOException | InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "wait");
    thread.setDaemon(true);
    thread.start();
    try {
      return Optional.of(done.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      thread.interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("waiting failed", e.getCause());
    }
  }

  private FileStatus untilDone() throws IOException, InterruptedException {
    while (true) {
      Optional<FileStatus> now = look();
      if (now.isPresent() && now.get().done()) {
        return now.get();
      }
      if (now.isEmpty() && !saidUnknown) {
        saidUnknown = true;
        Terminal.notice("the master knows no " + file + " yet; waiting for it");
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private Optional<FileStatus> look() throws IOException, InterruptedException {
    try {
      Status status = master.call(m -> m.status(file.name()));
      return newest(status.files());
    } catch (Refused e) {
      if (e.problem().status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<FileStatus> newest(List<FileStatus> files) {
    Long version = file.version();
    return files.stream()
        .filter(f -> f.file().equals(file.name()))
        .filter(f -> version == null || f.version() == version)
        .max(Comparator.comparingLong(FileStatus::version));
  }
}
