package dev.waybill.executor.http;

import dev.waybill.executor.agent.AgentEffect;
import dev.waybill.executor.agent.AgentEvent;
import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.DiskFailure;
import dev.waybill.executor.transfer.Copies;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileSet;
import java.io.Closeable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the executor's core wants done, on other threads than the core's. */
final class Effects implements Closeable {
  private static final Logger log = LoggerFactory.getLogger("executor");

  private final BlockStore store;
  private final Copies copies;
  private final MasterLink master;
  private final Consumer<AgentEvent> events;
  private final Consumer<String> giveUp;

  /** Files are opened before the copies that need them: one thread, in order. */
  private final ExecutorService orders = single("orders-effects");

  private final ExecutorService disk = single("disk");

  Effects(
      BlockStore store,
      Copies copies,
      MasterLink master,
      Consumer<AgentEvent> events,
      Consumer<String> giveUp) {
    this.store = store;
    this.copies = copies;
    this.master = master;
    this.events = events;
    this.giveUp = giveUp;
  }

  private static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  void run(AgentEffect effect) {
    if (effect instanceof AgentEffect.SendReport e) {
      master.report(e.report());
    } else if (effect instanceof AgentEffect.OpenFile e) {
      orders.execute(() -> openFile(e));
    } else if (effect instanceof AgentEffect.OpenCopy e) {
      orders.execute(() -> copies.open(e.order(), e.missing()));
    } else if (effect instanceof AgentEffect.CloseCopy e) {
      orders.execute(() -> copies.close(e.copy()));
    } else if (effect instanceof AgentEffect.FetchManifest e) {
      orders.execute(() -> master.fetchManifest(e.file()));
    } else if (effect instanceof AgentEffect.KeepFileSet e) {
      orders.execute(() -> keep(e.fileSet()));
    } else if (effect instanceof AgentEffect.Free e) {
      orders.execute(() -> free(e.file()));
    } else if (effect instanceof AgentEffect.Publish e) {
      disk.execute(() -> events.accept(publish(e.file())));
    } else if (effect instanceof AgentEffect.Scrub e) {
      disk.execute(() -> scrub(e));
    } else if (effect instanceof AgentEffect.Say e) {
      say(e);
    } else if (effect instanceof AgentEffect.GiveUp e) {
      giveUp.accept(e.line());
    } else {
      throw new IllegalStateException("an effect of no known kind: " + effect);
    }
  }

  private static void say(AgentEffect.Say e) {
    switch (e.level()) {
      case INFO -> log.info("{}", e.line());
      case WARN -> log.warn("{}", e.line());
    }
  }

  private void openFile(AgentEffect.OpenFile e) {
    try {
      store.open(e.file(), e.blockSize()).origin(e.origin());
    } catch (DiskFailure f) {
      log.warn("{}", f.getMessage());
      events.accept(new AgentEvent.OpenFailed(e.file()));
    }
  }

  private void keep(FileSet fileSet) {
    try {
      store.keep(fileSet);
    } catch (DiskFailure f) {
      log.warn("{}", f.getMessage());
    }
  }

  private void free(FileId file) {
    try {
      store.free(file);
    } catch (DiskFailure f) {
      log.warn("{}", f.getMessage());
    }
    events.accept(new AgentEvent.Freed(file));
  }

  private AgentEvent publish(FileId file) {
    try {
      store.publish(file);
      return new AgentEvent.Published(file);
    } catch (DiskFailure e) {
      return new AgentEvent.PublishFailed(file, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("{} could not be published", file, e);
      return new AgentEvent.PublishFailed(file, String.valueOf(e));
    }
  }

  private void scrub(AgentEffect.Scrub e) {
    try {
      store.scrub(e.file(), e.suspects());
    } catch (DiskFailure f) {
      log.warn("{}", f.getMessage());
    }
  }

  @Override
  public void close() {
    orders.shutdown();
    disk.shutdown();
  }
}
