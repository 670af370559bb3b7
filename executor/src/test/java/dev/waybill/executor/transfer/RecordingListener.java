package dev.waybill.executor.transfer;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOutcome;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for how copies end. */
final class RecordingListener implements CopyListener {
  private final BlockingQueue<CopyOutcome> outcomes = new LinkedBlockingQueue<>();
  final List<String> waits = new CopyOnWriteArrayList<>();
  volatile Runnable onWanted = () -> {};

  @Override
  public void ended(CopyOutcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void wanted(FileId file, int block) {
    onWanted.run();
  }

  @Override
  public void waits(long copy, @Nullable Integer block) {
    waits.add(block == null ? "sends" : "waits for " + block);
  }

  CopyOutcome outcome() throws InterruptedException {
    CopyOutcome outcome = outcomes.poll(30, TimeUnit.SECONDS);
    if (outcome == null) {
      throw new AssertionError("the copy has not ended");
    }
    return outcome;
  }

  boolean quiet() {
    return outcomes.isEmpty();
  }
}
