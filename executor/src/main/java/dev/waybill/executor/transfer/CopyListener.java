package dev.waybill.executor.transfer;

import dev.waybill.model.protocol.CopyOutcome;
import org.jspecify.annotations.Nullable;

/** Who is told, from the copies' threads, how the receiving side of the data plane gets on. */
public interface CopyListener extends BlockIntake.ManifestCall {
  /** The copy is over; every block that it has brought is durable and has been told of before. */
  void ended(CopyOutcome outcome);

  /** The sender of a copy says that it waits for this block itself; null: it sends again. */
  default void waits(long copy, @Nullable Integer block) {}
}
