package dev.waybill.benchmarks.picture;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lays the copies of a schedule out for its picture: each in the first lane of its receiver's row
 * that is free.
 */
final class GanttLayout {
  private static final int MOST_COPIES = 1200;
  private static final int MOST_LANES = 180;

  /** As many colours as can be told apart. */
  private static final int MOST_GROUPS = 7;

  /** Rounding may let a copy begin a little before the one before it ends. */
  private static final double OVERLAP = 1e-6;

  private GanttLayout() {}

  /** Null where there are more copies or lanes than can be looked at. */
  static @Nullable Gantt of(IndexedProblem problem, List<Transfer> transfers) {
    if (transfers.isEmpty() || transfers.size() > MOST_COPIES) {
      return null;
    }
    Map<Integer, List<Transfer>> byReceiver = new TreeMap<>();
    for (Transfer t : transfers) {
      byReceiver.computeIfAbsent(t.to(), k -> new ArrayList<>()).add(t);
    }
    Colours colours = Colours.of(problem, transfers);
    List<Gantt.Row> rows = new ArrayList<>();
    List<Gantt.Bar> bars = new ArrayList<>();
    int lanes = 0;
    for (Map.Entry<Integer, List<Transfer>> e : byReceiver.entrySet()) {
      int used = place(e.getValue(), rows.size(), colours, bars);
      rows.add(new Gantt.Row(problem.hostIds[e.getKey()], used));
      lanes += used;
    }
    return lanes > MOST_LANES ? null : new Gantt(colours.by(), colours.names(), rows, bars);
  }

  private static int place(
      List<Transfer> received, int row, Colours colours, List<Gantt.Bar> bars) {
    List<Double> free = new ArrayList<>();
    received.sort(Comparator.comparingDouble(t -> t.copy().start()));
    for (Transfer t : received) {
      double start = Math.max(0, t.copy().start());
      double slack = OVERLAP * (t.end() - start);
      int lane = 0;
      while (lane < free.size() && free.get(lane) > start + slack) {
        lane++;
      }
      if (lane == free.size()) {
        free.add(t.end());
      } else {
        free.set(lane, t.end());
      }
      bars.add(
          new Gantt.Bar(
              row, lane, start, t.end(), colours.group().apply(t), t.inProgress(), text(t)));
    }
    return free.size();
  }

  private static String text(Transfer t) {
    Copy c = t.copy();
    return String.format(
        Locale.ROOT,
        "%s, blocks %d to %d, %s to %s at %s, from %.4g s to %.4g s",
        c.file(),
        c.first(),
        c.last(),
        c.from(),
        c.to(),
        new DataRate(c.rate()),
        c.start(),
        t.end());
  }

  /**
   * What copies are coloured by: their sender, file or sender's location, whichever is the first of
   * these with few enough values of which there are more than one; else nothing.
   */
  private record Colours(String by, List<String> names, Function<Transfer, Integer> group) {
    static Colours of(IndexedProblem problem, List<Transfer> transfers) {
      Map<String, Function<Transfer, String>> choices = new LinkedHashMap<>();
      choices.put("sender", t -> t.copy().from());
      choices.put("file", t -> t.copy().file());
      choices.put("location of the sender", t -> problem.locationIds[problem.location[t.from()]]);
      for (Map.Entry<String, Function<Transfer, String>> choice : choices.entrySet()) {
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (Transfer t : transfers) {
          groups.putIfAbsent(choice.getValue().apply(t), groups.size());
        }
        if (groups.size() > 1 && groups.size() <= MOST_GROUPS) {
          return new Colours(
              choice.getKey(),
              List.copyOf(groups.keySet()),
              t -> groups.getOrDefault(choice.getValue().apply(t), 0));
        }
      }
      return new Colours("", List.of("copy"), t -> 0);
    }
  }
}
