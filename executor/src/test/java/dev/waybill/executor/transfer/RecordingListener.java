package dev.waybill.executor.transfer;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOutcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits for how copies end. */
final class RecordingListener implements CopyListener {
  private final BlockingQueue<CopyOutcome> outcomes = new LinkedBlockingQueue<>();
  volatile Runnable onWanted = () -> {};

  @Override
  public void ended(CopyOutcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void wanted(FileId file, int block) {
    onWanted.run();
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
