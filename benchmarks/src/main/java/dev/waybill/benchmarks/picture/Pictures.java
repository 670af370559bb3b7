package dev.waybill.benchmarks.picture;

import dev.waybill.model.schedule.Copy;
import dev.waybill.model.schedule.Figures;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.ScheduleChecker;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the pictures of schedules for the report of a comparison. */
public final class Pictures {
  private static final int STRIPS = 10;
  private static final int BINS = 160;
  private static final double BUSY = 0.9;

  private final IndexedProblem problem;
  private final Map<String, Integer> hosts = new HashMap<>();
  private final Map<String, Integer> files = new HashMap<>();
  private final List<Transfer> transfers = new ArrayList<>();
  private final double makespan;
  private final double end;

  private Pictures(Problem problem, List<Copy> copies) {
    this.problem = new IndexedProblem(problem);
    for (String id : this.problem.hostIds) {
      hosts.put(id, hosts.size());
    }
    for (String id : this.problem.fileIds) {
      files.put(id, files.size());
    }
    problem.inProgress().forEach(c -> transfers.add(transfer(c, true)));
    copies.forEach(c -> transfers.add(transfer(c, false)));
    Figures figures = ScheduleChecker.figures(problem, copies);
    makespan = figures.makespan();
    double last = transfers.stream().mapToDouble(Transfer::end).max().orElse(0);
    double latest = Math.max(makespan, last);
    end = latest > 0 ? latest : 1;
  }

  /**
   * The picture of {@code copies}.
   *
   * @param copies a valid schedule of {@code problem}
   */
  public static Picture of(Problem problem, List<Copy> copies) {
    Pictures p = new Pictures(problem, copies);
    Gantt gantt = GanttLayout.of(p.problem, p.transfers);
    Heat heat = gantt == null ? HeatLayout.of(p.problem, p.transfers, p.end) : null;
    return p.picture(gantt, heat);
  }

  private Transfer transfer(Copy c, boolean inProgress) {
    int file = index(files, c.file());
    return new Transfer(
        c, index(hosts, c.from()), index(hosts, c.to()), c.end(problem.layouts[file]), inProgress);
  }

  private static int index(Map<String, Integer> indices, String id) {
    return Objects.requireNonNull(indices.get(id), id);
  }

  private Picture picture(@Nullable Gantt gantt, @Nullable Heat heat) {
    double[] bytes = new double[problem.resourceIds.length];
    for (Transfer t : transfers) {
      double seconds = Math.min(t.end(), makespan) - Math.max(0, t.copy().start());
      for (int r : way(t)) {
        bytes[r] += Math.max(0, seconds) * t.copy().rate();
      }
    }
    double[] use = new double[bytes.length];
    Arrays.setAll(use, r -> bytes[r] > 0 ? bytes[r] / problem.capacity[r] / makespan : 0);
    int[] busiest =
        IntStream.range(0, use.length)
            .filter(r -> use[r] > 0 && Double.isFinite(use[r]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer r) -> -use[r]))
            .limit(STRIPS)
            .mapToInt(r -> r)
            .toArray();
    long busy = Arrays.stream(use).filter(u -> u >= BUSY).count();
    long shownBusy = Arrays.stream(busiest).filter(r -> use[r] >= BUSY).count();
    return new Picture(
        end, transfers.size(), gantt, heat, strips(busiest, use), (int) (busy - shownBusy));
  }

  private List<Strip> strips(int[] resources, double[] use) {
    Map<Integer, Bins> loads = new HashMap<>();
    for (int r : resources) {
      loads.put(r, new Bins(BINS, end));
    }
    for (Transfer t : transfers) {
      for (int r : way(t)) {
        Bins load = loads.get(r);
        if (load != null) {
          load.add(t.copy().start(), t.end(), t.copy().rate());
        }
      }
    }
    List<Strip> strips = new ArrayList<>();
    for (int r : resources) {
      Bins load = loads.get(r);
      if (load != null) {
        strips.add(new Strip(problem.resourceIds[r], problem.capacity[r], use[r], load.rates(1)));
      }
    }
    return strips;
  }

  private int[] way(Transfer t) {
    int[] way = problem.way(t.from(), t.to());
    return way == null ? new int[0] : way;
  }
}
