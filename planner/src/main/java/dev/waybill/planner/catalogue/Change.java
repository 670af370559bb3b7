package dev.waybill.planner.catalogue;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of the master's durable state. */
public sealed interface Change {
  /** Every host there is, also later ones: no host's and no group's id. */
  String EVERYBODY = "*";

  /** A version of a file has begun. */
  record FileOpened(FileId file, long blockSize, @Nullable Long expectedSize) implements Change {}

  /** Hosts have become origins of a version. */
  record OriginsAdded(FileId file, List<String> hosts) implements Change {
    public OriginsAdded {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Blocks of a version have been made.
   *
   * @param from the block that the first checksum is of
   */
  record BlocksAdded(FileId file, int from, List<Checksum> checksums) implements Change {
    public BlocksAdded {
      checksums = List.copyOf(checksums);
    }
  }

  /** The last block of a version has been made. */
  record FileEnded(FileId file, long size) implements Change {}

  /** The publisher of a version has signed all blocks so far. */
  record ManifestSigned(FileId file, ManifestSignature signature) implements Change {}

  /** Somebody has said that a version does not grow any more. */
  record FinalRequested(FileId file) implements Change {}

  /**
   * A file has been put into hosts' file sets.
   *
   * @param version null: the newest one
   * @param hosts ids of hosts or groups, or {@link #EVERYBODY}
   * @param deadline seconds since the epoch; null: none
   * @param begins seconds since the epoch; null: at once
   */
  record DemandPut(
      String name,
      @Nullable Long version,
      List<String> hosts,
      double weight,
      @Nullable Double deadline,
      @Nullable Double begins)
      implements Change {
    public DemandPut {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A file has been taken out of file sets.
   *
   * @param hosts ids of hosts or groups, or {@link #EVERYBODY}
   */
  record DemandDropped(String name, List<String> hosts) implements Change {
    public DemandDropped {
      hosts = List.copyOf(hosts);
    }
  }

  /** A version has been taken back. */
  record Withdrawn(FileId file) implements Change {}
}
