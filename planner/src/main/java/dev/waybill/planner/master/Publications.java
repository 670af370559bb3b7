package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every version of every file that the master knows. */
final class Publications {
  private final Map<String, TreeMap<Long, FileVersion>> versions = new HashMap<>();

  void add(FileVersion version) {
    versions
        .computeIfAbsent(version.id().name(), n -> new TreeMap<>())
        .put(version.id().version(), version);
  }

  @Nullable FileVersion find(FileId id) {
    TreeMap<Long, FileVersion> of = versions.get(id.name());
    return of == null ? null : of.get(id.version());
  }

  @Nullable FileVersion newest(String name) {
    TreeMap<Long, FileVersion> of = versions.get(name);
    return of == null ? null : of.lastEntry().getValue();
  }

  /** By name, and the older version first. */
  List<FileVersion> all() {
    List<FileVersion> all = new ArrayList<>();
    new TreeMap<>(versions)
        .values().stream()
            .map(TreeMap::values)
            .forEach((Collection<FileVersion> v) -> all.addAll(v));
    return all;
  }
}
