package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import java.util.List;

/**
 * Part of the protocol: what a host is told of the file versions that concern it: how those are
 * that have changed since it was last told.
 *
 * @param since the revision of the orders that these are news to; 0: {@code files} is all of them
 * @param files that are new, or no longer what they were
 * @param gone those that do not concern the host any more
 */
public record FileNews(long since, List<FileInfo> files, List<FileId> gone) {
  public FileNews {
    files = List.copyOf(files);
    gone = List.copyOf(gone);
  }

  /** Nothing else concerns the host. */
  public static FileNews all(List<FileInfo> files) {
    return new FileNews(0, files, List.of());
  }

  /** Whether they tell a host nothing that has followed the orders they are news to. */
  public boolean tellNothing() {
    return since > 0 && files.isEmpty() && gone.isEmpty();
  }
}
