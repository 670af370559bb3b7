package dev.waybill.planner.http;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.NetworkFormat;
import dev.waybill.model.network.Fleet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the master's network file every second; what is edited is taken up while the master
 * runs. A file that is malformed is named in the log, and the last good one stays in force.
 */
public final class NetworkWatch implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(NetworkWatch.class);

  private final Path file;
  private final Consumer<Fleet> changed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(r -> MasterLoop.daemon(r, "network-file"));
  private byte[] last;

  private NetworkWatch(Path file, byte[] now, Consumer<Fleet> changed) {
    this.file = file;
    this.last = now;
    this.changed = changed;
  }

  /**
   * @param changed is given what the file says whenever it says something else than before
   */
  public static NetworkWatch start(Path file, Consumer<Fleet> changed) throws IOException {
    NetworkWatch watch = new NetworkWatch(file, Files.readAllBytes(file), changed);
    ScheduledFuture<?> unused =
        watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      byte[] now = Files.readAllBytes(file);
      if (java.util.Arrays.equals(now, last)) {
        return;
      }
      last = now;
      Fleet fleet = NetworkFormat.readFleet(new java.io.ByteArrayInputStream(now), file.toString());
      if (fleet.network().hosts().isEmpty()) {
        log.warn("{}: /hosts: a network without hosts is not taken up", file);
        return;
      }
      changed.accept(fleet);
    } catch (FormatException | IOException e) {
      log.warn("the network file is not taken up: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("a bug in taking up the network file", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
