package dev.waybill.executor.publish;

import dev.waybill.executor.publish.Content.Comparison;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.protocol.Publication;
import dev.waybill.runtime.client.PersistentMaster;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version the generator publishes: the one that was asked for, or else the newest where that
 * is unfinished and has the same content, or else the one after it.
 *
 * @param version null: the master is to choose the newest + 1
 * @param compared over the blocks at the beginning that are known to be the version's; null where
 *     none have been compared
 */
record Resumption(@Nullable Long version, @Nullable ManifestHash compared) {
  static Resumption of(PersistentMaster master, PublishRequest request, Content content)
      throws IOException, InterruptedException {
    if (request.version() != null) {
      return new Resumption(request.version(), null);
    }
    Optional<Publication> newest = master.call(m -> m.newest(request.name()));
    if (newest.isEmpty() || finished(newest.get())) {
      return new Resumption(null, null);
    }
    Comparison comparison = content.compare(new KnownBlocks(master, newest.get()));
    return comparison.same()
        ? new Resumption(newest.get().file().version(), comparison.hash())
        : new Resumption(null, null);
  }

  private static boolean finished(Publication publication) {
    return publication.size() != null
        && publication.origins().stream()
            .allMatch(o -> o.held().prefixCount() >= publication.knownBlocks());
  }
}
