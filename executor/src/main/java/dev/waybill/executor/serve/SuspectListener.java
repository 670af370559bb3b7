package dev.waybill.executor.serve;

import dev.waybill.model.catalogue.FileId;

/** Who is told that the sending side could not read a block that it holds. */
@FunctionalInterface
public interface SuspectListener {
  void suspect(FileId file, int block);
}
