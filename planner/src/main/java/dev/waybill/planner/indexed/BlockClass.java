package dev.waybill.planner.indexed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All blocks of one file of an indexed problem that the same hosts possess and the same hosts need:
 * one commodity.
 *
 * @param file index of the file
 * @param possessors hosts that hold them at time 0 or come to hold them without a new copy,
 *     ascending
 * @param needers hosts that need them, ascending, at least one
 * @param runs the blocks, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record BlockClass(int file, int[] possessors, int[] needers, List<Run> runs) {
  /** The classes of a problem that somebody needs, in the order of their first blocks. */
  public static List<BlockClass> of(IndexedProblem problem) {
    Map<List<Object>, BlockClass> classes = new LinkedHashMap<>();
    for (Run run : problem.runs) {
      if (run.needers().length > 0) {
        int[] possessors = possessors(run);
        classes
            .computeIfAbsent(
                List.of(run.file(), new Ints(possessors), new Ints(run.needers())),
                k -> new BlockClass(run.file(), possessors, run.needers(), new ArrayList<>()))
            .runs
            .add(run);
      }
    }
    return List.copyOf(classes.values());
  }

  public long bytes() {
    return runs.stream().mapToLong(Run::bytes).sum();
  }

  /** How many blocks it has; below 2^31, as in any file. */
  public int blocks() {
    return runs.stream().mapToInt(Run::blocks).sum();
  }

  /** Whether all of it is held at time 0 by whoever possesses it. */
  public boolean atRest() {
    return runs.stream().allMatch(r -> r.arrivals().isEmpty());
  }

  private static int[] possessors(Run run) {
    if (run.arrivals().isEmpty()) {
      return run.holders();
    }
    int[] all = Arrays.copyOf(run.holders(), run.holders().length + run.arrivals().size());
    for (int i = 0; i < run.arrivals().size(); i++) {
      all[run.holders().length + i] = run.arrivals().get(i).host();
    }
    Arrays.sort(all);
    return all;
  }

  /** An array that is equal to another with the same content. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Ints(int[] values) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Ints other && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
