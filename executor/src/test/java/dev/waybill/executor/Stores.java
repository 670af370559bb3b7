package dev.waybill.executor;

import dev.waybill.executor.store.BlockStore;
import dev.waybill.executor.store.StoreListener;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestPolicy;
import java.io.IOException;
import java.nio.file.Path;

/** Block stores of tests, with nobody who is told of what they hold. */
public final class Stores {
  private Stores() {}

  public static BlockStore open(Path folder) throws IOException {
    return open(folder, ManifestPolicy.OPEN);
  }

  public static BlockStore open(Path folder, ManifestPolicy policy) throws IOException {
    return BlockStore.open(
        folder,
        policy,
        new StoreListener() {
          @Override
          public void held(FileId file, BlockSet blocks) {}

          @Override
          public void lost(FileId file, BlockSet blocks) {}
        });
  }
}
