package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every version of every file that the master knows. */
final class Publications {
  private final NavigableMap<String, NavigableMap<Long, FileVersion>> versions = new TreeMap<>();
  private int size;

  int size() {
    return size;
  }

  void add(FileVersion version) {
    size++;
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
    if (of != null) {
      for (FileVersion v : of.descendingMap().values()) {
        if (!v.isWithdrawn()) {
          return v;
        }
      }
    }
    return null;
  }

  /** Of one file, the oldest first. */
  List<FileVersion> of(String name) {
    NavigableMap<Long, FileVersion> of = versions.get(name);
    return of == null ? List.of() : List.copyOf(of.values());
  }

  /** By name, and the older version first. */
  List<FileVersion> all() {
    List<FileVersion> all = new ArrayList<>();
    versions.values().forEach(v -> all.addAll(v.values()));
    return all;
  }
}
