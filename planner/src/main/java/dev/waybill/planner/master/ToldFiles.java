package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the orders of one host have last said of the file versions that concern it, and since which
 * revision: so that it is told of what has changed, and not each time of thousands of files.
 */
final class ToldFiles {
  /** A host that has not heard that so many are gone is told all anew. */
  private static final int REMEMBERED_GONE = 256;

  private record Told(FileInfo info, long since) {}

  private final Map<FileId, Told> told = new HashMap<>();

  /** Since when a version does not concern the host any more, the longest first. */
  private final Map<FileId, Long> gone = new LinkedHashMap<>();

  /** What is gone since an earlier revision is not known any more. */
  private long horizon;

  /** Of the orders that last said something. */
  private long revision;

  /**
   * @param horizon the first revision of the host's orders
   */
  ToldFiles(long horizon) {
    this.horizon = horizon;
  }

  /** Whether this is something else than was last said. */
  boolean differ(List<FileInfo> now) {
    return now.size() != told.size() || now.stream().anyMatch(i -> !isTold(i));
  }

  /** Whether orders of this revision have said something. */
  boolean haveSaid(long ofRevision) {
    return revision == ofRevision;
  }

  private boolean isTold(FileInfo info) {
    Told known = told.get(info.file());
    return known != null && known.info.equals(info);
  }

  /**
   * The host's orders say this from now on.
   *
   * @param since the revision of these orders, which has not said anything yet
   */
  void tell(List<FileInfo> now, long since) {
    Set<FileId> left = new HashSet<>(told.keySet());
    for (FileInfo info : now) {
      left.remove(info.file());
      gone.remove(info.file());
      if (!isTold(info)) {
        told.put(info.file(), new Told(info, since));
      }
    }
    for (FileId id : left) {
      told.remove(id);
      gone.put(id, since);
    }
    while (gone.size() > REMEMBERED_GONE) {
      Map.Entry<FileId, Long> first = gone.entrySet().iterator().next();
      horizon = Math.max(horizon, first.getValue());
      gone.remove(first.getKey());
    }
  }

  /**
   * What orders say.
   *
   * @param seen the revision of those that the host follows
   * @param by their own
   */
  FileNews since(long seen, long by) {
    revision = by;
    boolean all = seen < horizon;
    List<FileInfo> files = new ArrayList<>();
    told.values().stream().filter(t -> all || t.since > seen).forEach(t -> files.add(t.info));
    List<FileId> left = new ArrayList<>();
    gone.forEach(
        (id, since) -> {
          if (!all && since > seen) {
            left.add(id);
          }
        });
    return new FileNews(all ? 0 : seen, files, left);
  }
}
