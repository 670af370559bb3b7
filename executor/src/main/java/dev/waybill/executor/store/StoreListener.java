package dev.waybill.executor.store;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;

/** Who is told, in order and from the store's threads, what the block store has come to hold. */
public interface StoreListener {
  /** These blocks are verified and outlive a crash from now on. */
  void held(FileId file, BlockSet blocks);

  /** These blocks differ from their checksums and are not held any more. */
  void lost(FileId file, BlockSet blocks);
}
