package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every version of every file that the master knows. */
final class Publications {
  private final Map<String, NavigableMap<Long, FileVersion>> versions = new HashMap<>();
  private int size;

  /** All of them; null where it is to be made anew. */
  private @Nullable List<FileVersion> inOrder;

  int size() {
    return size;
  }

  /** Takes in one that is not known. */
  void add(FileVersion version) {
    size++;
    inOrder = null;
    versions
        .computeIfAbsent(version.id().name(), n -> new TreeMap<>())
        .put(version.id().version(), version);
  }

  @Nullable FileVersion find(FileId id) {
    NavigableMap<Long, FileVersion> of = versions.get(id.name());
    return of == null ? null : of.get(id.version());
  }

  /** Also where it has been withdrawn. */
  @Nullable FileVersion newest(String name) {
    NavigableMap<Long, FileVersion> of = versions.get(name);
    return of == null ? null : of.lastEntry().getValue();
  }

  /** The newest one that has not been withdrawn. */
  @Nullable FileVersion newestServed(String name) {
    NavigableMap<Long, FileVersion> of = versions.get(name);
    Map.Entry<Long, FileVersion> e = of == null ? null : of.lastEntry();
    while (of != null && e != null && e.getValue().isWithdrawn()) {
      e = of.lowerEntry(e.getKey());
    }
    return e == null ? null : e.getValue();
  }

  /** Of one file, the oldest first. */
  List<FileVersion> of(String name) {
    NavigableMap<Long, FileVersion> of = versions.get(name);
    return of == null ? List.of() : List.copyOf(of.values());
  }

  /** By name, and the older version first. */
  List<FileVersion> all() {
    List<FileVersion> all = inOrder;
    if (all == null) {
      all =
          versions.values().stream()
              .flatMap(of -> of.values().stream())
              .sorted(Comparator.comparing(FileVersion::id))
              .toList();
      inOrder = all;
    }
    return all;
  }
}
