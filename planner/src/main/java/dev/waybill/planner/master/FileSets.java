package dev.waybill.planner.master;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.planner.catalogue.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files each host must obtain (claim 9): the file sets, as the master keeps them. What is put
 * into the file set of a group, or of everybody, is in that of each of its hosts, also of those
 * that join later; of two entries for one file the later one counts.
 */
final class FileSets {
  /** host, group or everybody -> file name -> what is wanted of it */
  private final Map<String, Map<String, Entry>> sets = new HashMap<>();

  private final Map<String, List<String>> groupsOf = new HashMap<>();
  private long entries;

  /**
   * A file of a host's file set.
   *
   * @param order of being put, over all file sets
   * @param version null: the newest one
   * @param deadline seconds by the master's clock; null: none
   * @param begins seconds by the master's clock; null: at once
   * @param dropped whether it is not in the set any more, whatever earlier entries say
   */
  record Entry(
      long order,
      @Nullable Long version,
      double weight,
      @Nullable Double deadline,
      @Nullable Double begins,
      boolean dropped) {
    /** Whether blocks may be moved for it. */
    boolean hasBegun(double now) {
      return begins == null || begins <= now;
    }
  }

  /** A demand of a host for the version that its file set comes to now. */
  record Wanted(String host, FileVersion version, Entry entry) {}

  /** The groups are these from now on. */
  void groups(Map<String, List<String>> groups) {
    groupsOf.clear();
    groups.forEach(
        (group, hosts) ->
            hosts.forEach(h -> groupsOf.computeIfAbsent(h, x -> new ArrayList<>()).add(group)));
  }

  void put(Change.DemandPut c) {
    for (String target : c.hosts()) {
      entries++;
      Entry e = new Entry(entries, c.version(), c.weight(), c.deadline(), c.begins(), false);
      sets.computeIfAbsent(target, h -> new HashMap<>()).put(c.name(), e);
    }
  }

  void drop(Change.DemandDropped c) {
    for (String target : c.hosts()) {
      entries++;
      Entry e = new Entry(entries, null, 1, null, null, true);
      sets.computeIfAbsent(target, h -> new HashMap<>()).put(c.name(), e);
    }
  }

  private @Nullable Entry entry(String host, String name) {
    Entry last = later(of(host).get(name), of(Change.EVERYBODY).get(name));
    for (String group : groupsOf.getOrDefault(host, List.of())) {
      last = later(last, of(group).get(name));
    }
    return last == null || last.dropped() ? null : last;
  }

  private Map<String, Entry> of(String target) {
    return sets.getOrDefault(target, Map.of());
  }

  private static @Nullable Entry later(@Nullable Entry a, @Nullable Entry b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.order() > b.order() ? a : b;
  }

  /** When the next demand begins after a moment; infinity where none is to begin. */
  double nextBegin(double now) {
    return sets.values().stream()
        .flatMap(s -> s.values().stream())
        .filter(e -> !e.hasBegun(now))
        .mapToDouble(e -> e.begins() == null ? now : e.begins())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether a file is in a host's file set, published or not. */
  boolean contains(String host, String name) {
    return entry(host, name) != null;
  }

  /**
   * The version of this file that the host is to have; null: none, or none that has been published.
   */
  @Nullable Wanted wanted(String host, String name, Publications publications) {
    Entry entry = entry(host, name);
    if (entry == null) {
      return null;
    }
    FileVersion version =
        entry.version() == null
            ? publications.newestServed(name)
            : publications.find(new FileId(name, entry.version()));
    return version == null || version.isWithdrawn() ? null : new Wanted(host, version, entry);
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
    Set<String> names = new HashSet<>(of(host).keySet());
    names.addAll(of(Change.EVERYBODY).keySet());
    groupsOf.getOrDefault(host, List.of()).forEach(g -> names.addAll(of(g).keySet()));
    return of(host, names, publications);
  }

  /** The same of some files alone. */
  List<Wanted> of(String host, Set<String> names, Publications publications) {
    List<Wanted> out = new ArrayList<>();
    for (String name : names) {
      Wanted w = wanted(host, name, publications);
      if (w != null) {
        out.add(w);
      }
    }
    out.sort(Comparator.comparingLong(w -> w.entry().order()));
    return out;
  }
}
