package dev.waybill.executor.serve;

import dev.waybill.model.catalogue.FileId;

/** Who is told what goes wrong on the sending side of the data plane. */
@FunctionalInterface
public interface StreamListener {
  /** A block that is held could not be read. */
  void suspect(FileId file, int block);

  /**
   * The receiver of a copy has broken it off, or takes nothing of it for seconds: it does not want
   * it any more, or is gone.
   */
  default void brokenOff(long copy) {}
}
