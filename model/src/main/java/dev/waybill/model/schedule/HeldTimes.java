package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The checker's record of when each host comes to hold each block, in seconds: minus infinity for
 * what it holds at the start, infinity for what it never does.
 */
final class HeldTimes {
  static final double NEVER = Double.POSITIVE_INFINITY;
  static final double ALWAYS = Double.NEGATIVE_INFINITY;

  private final List<FileSpec> files;
  private final Map<String, Integer> fileIndices = new HashMap<>();

  /** By host, by file, by block; a host's row and a file's times are there once something is. */
  private final double[][][] times;

  /** The state of a problem: holdings and generations, but nothing that is sent. */
  HeldTimes(Problem problem, Ways ways) {
    files = List.copyOf(problem.files().values());
    files.forEach(f -> fileIndices.put(f.id(), fileIndices.size()));
    times = new double[ways.hosts().size()][][];
    for (Holding h : problem.holdings()) {
      double[] held = of(ways.hostIndex(h.host()), fileIndex(h.file()));
      for (BlockRange r : h.blocks().ranges()) {
        Arrays.fill(held, r.first(), r.last() + 1, ALWAYS);
      }
    }
    for (Generation g : problem.generations()) {
      int file = fileIndex(g.file());
      double[] held = of(ways.hostIndex(g.host()), file);
      for (int b = g.first(); b <= g.last(); b++) {
        held[b] = Math.min(held[b], g.heldAt(layout(file), b));
      }
    }
  }

  /**
   * @throws IllegalArgumentException where there is no such file
   */
  int fileIndex(String id) {
    Integer index = fileIndices.get(id);
    if (index == null) {
      throw new IllegalArgumentException("there is no file '" + id + "'");
    }
    return index;
  }

  BlockLayout layout(int file) {
    return files.get(file).layout();
  }

  /** The times of a host and a file by block, to be read and, where a copy brings some, written. */
  double[] of(int host, int file) {
    if (times[host] == null) {
      times[host] = new double[files.size()][];
    }
    double[] held = times[host][file];
    if (held == null) {
      held = new double[layout(file).blockCount()];
      Arrays.fill(held, NEVER);
      times[host][file] = held;
    }
    return held;
  }

  /**
   * Lets a copy arrive. What the host comes to hold otherwise too, it holds from the earlier of the
   * two moments on.
   *
   * @param duplicate told of every such block
   */
  void bring(Copy copy, int host, int file, IntConsumer duplicate) {
    BlockLayout layout = layout(file);
    double[] held = of(host, file);
    for (int b = copy.first(); b <= copy.last(); b++) {
      if (held[b] != NEVER) {
        duplicate.accept(b);
      }
      held[b] = Math.min(held[b], copy.heldAt(layout, b));
    }
  }

  /** When the last block of a file is held, not before time 0. */
  double completion(int host, int file) {
    double last = 0;
    for (double t : of(host, file)) {
      last = Math.max(last, t);
    }
    return last;
  }

  long missing(int host, int file) {
    return Arrays.stream(of(host, file)).filter(t -> t == NEVER).count();
  }
}
