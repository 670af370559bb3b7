package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which files each host must obtain (claim 9): the file sets, as the master keeps them. */
final class FileSets {
  /** host -> file name -> what is wanted of it */
  private final Map<String, Map<String, Entry>> sets = new HashMap<>();

  /**
   * A file of a host's file set.
   *
   * @param version null: the newest one
   * @param deadline seconds by the master's clock; null: none
   */
  record Entry(@Nullable Long version, double weight, @Nullable Double deadline) {}

  /** A demand of a host for the version that its file set comes to now. */
  record Wanted(String host, FileVersion version, Entry entry) {}

  void put(String host, String name, Entry entry) {
    sets.computeIfAbsent(host, h -> new LinkedHashMap<>()).put(name, entry);
  }

  /**
   * The version of this file that the host is to have; null: none, or none that has been published.
   */
  @Nullable Wanted wanted(String host, String name, Publications publications) {
    Entry entry = sets.getOrDefault(host, Map.of()).get(name);
    if (entry == null) {
      return null;
    }
    FileVersion version =
        entry.version() == null
            ? publications.newest(name)
            : publications.find(new FileId(name, entry.version()));
    return version == null ? null : new Wanted(host, version, entry);
  }

  boolean wants(String host, FileId file, Publications publications) {
    Wanted w = wanted(host, file.name(), publications);
    return w != null && w.version().id().equals(file);
  }

  /**
   * Everything that a host is to have and that has been published, in the order in which it was
   * demanded.
   */
  List<Wanted> of(String host, Publications publications) {
    List<Wanted> out = new ArrayList<>();
    for (String name : sets.getOrDefault(host, Map.of()).keySet()) {
      Wanted w = wanted(host, name, publications);
      if (w != null) {
        out.add(w);
      }
    }
    return out;
  }

  /** The names of the files that are in any set. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    sets.values().forEach(s -> names.addAll(s.keySet()));
    return names;
  }
}
