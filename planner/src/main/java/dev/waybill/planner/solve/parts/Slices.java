package dev.waybill.planner.solve.parts;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * The files of a problem of the planner, each cut into slices of consecutive blocks that count as
 * files of their own; what is said of the files, said of the slices, and back.
 */
final class Slices {
  private final Problem problem;
  private final Map<String, List<Slice>> byFile = new LinkedHashMap<>();
  private final Map<String, Slice> byName = new LinkedHashMap<>();

  /**
   * Some blocks of a file.
   *
   * @param name of the file that it counts as
   * @param first of the whole file's blocks
   * @param last included
   */
  record Slice(String name, String file, int first, int last) {
    private BlockRange range(int from, int to) {
      return new BlockRange(Math.max(first, from), Math.min(last, to));
    }

    private boolean touches(int from, int to) {
      return from <= last && to >= first;
    }

    BlockSet blocks() {
      return BlockSet.of(first, last);
    }
  }

  /**
   * @param countOf how many slices a file is to have, as far as it has blocks
   */
  Slices(Problem problem, ToIntFunction<FileSpec> countOf) {
    this.problem = problem;
    for (FileSpec f : problem.files().values()) {
      int blocks = f.layout().blockCount();
      int count = Math.min(countOf.applyAsInt(f), blocks);
      List<Slice> slices = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int first = (int) ((long) blocks * i / count);
        int last = (int) ((long) blocks * (i + 1) / count) - 1;
        Slice s = new Slice(f.id() + "/" + i, f.id(), first, last);
        slices.add(s);
        byName.put(s.name, s);
      }
      byFile.put(f.id(), slices);
    }
  }

  List<Slice> of(String file) {
    return byFile.getOrDefault(file, List.of());
  }

  long bytes(Slice slice) {
    return layout(slice.file).span(slice.first, slice.last);
  }

  private BlockLayout layout(String file) {
    return Objects.requireNonNull(problem.files().get(file)).layout();
  }

  List<FileSpec> files() {
    List<FileSpec> files = new ArrayList<>();
    for (Slice s : byName.values()) {
      BlockLayout whole = layout(s.file);
      files.add(
          new FileSpec(s.name, 1, new BlockLayout(whole.span(s.first, s.last), whole.blockSize())));
    }
    return files;
  }

  List<Holding> holdings() {
    List<Holding> out = new ArrayList<>();
    for (Holding h : problem.holdings()) {
      for (Slice s : of(h.file())) {
        List<BlockRange> shifted = new ArrayList<>();
        for (BlockRange r : h.blocks().intersection(s.blocks()).ranges()) {
          shifted.add(new BlockRange(r.first() - s.first, r.last() - s.first));
        }
        if (!shifted.isEmpty()) {
          out.add(new Holding(h.host(), s.name, BlockSet.of(shifted)));
        }
      }
    }
    return out;
  }

  List<Generation> generations() {
    List<Generation> out = new ArrayList<>();
    for (Generation g : problem.generations()) {
      for (Slice s : of(g.file())) {
        if (s.touches(g.first(), g.last())) {
          BlockRange r = s.range(g.first(), g.last());
          double start = g.start() + before(g.file(), g.first(), r.first()) / g.rate();
          out.add(
              new Generation(
                  g.host(), s.name, r.first() - s.first, r.last() - s.first, start, g.rate()));
        }
      }
    }
    return out;
  }

  List<Copy> inProgress() {
    List<Copy> out = new ArrayList<>();
    for (Copy c : problem.inProgress()) {
      for (Slice s : of(c.file())) {
        if (s.touches(c.first(), c.last())) {
          BlockRange r = s.range(c.first(), c.last());
          double start = c.start() + before(c.file(), c.first(), r.first()) / c.rate();
          out.add(
              new Copy(
                  s.name,
                  c.from(),
                  c.to(),
                  r.first() - s.first,
                  r.last() - s.first,
                  start,
                  c.rate()));
        }
      }
    }
    return out;
  }

  private long before(String file, int from, int block) {
    return layout(file).offset(block) - layout(file).offset(from);
  }

  /** A copy of a slice as one of its file. */
  Copy ofFile(Copy c) {
    Slice s = Objects.requireNonNull(byName.get(c.file()), c.file());
    return new Copy(
        s.file, c.from(), c.to(), c.first() + s.first, c.last() + s.first, c.start(), c.rate());
  }
}
