package dev.waybill.planner.solve.cpsat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.indexed.Load;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The time-expanded model of the CP-SAT solver, on one grid within one horizon.
 *
 * <pre>
 *   x[b,a,t]   block b is sent on arc a from the beginning of slot t on, for d(b,a) slots
 *   h[b,v,t]   host v holds block b at the beginning of slot t
 *
 *   sum over arcs a into v, and t, of x[b,a,t]  = 1 where v needs b, else &lt;= 1
 *   h[b,v,t] = h[b,v,t-1] + sum over arcs a into v of x[b,a,t-d(b,a)]
 *   x[b,a,t] &lt;= h[b,from(a),t]
 *   sum of rates of what runs in slot t through r  &lt;= capacity(r) less copies in progress
 *   sum of bytes sent to v &lt;= its storage
 * </pre>
 */
final class SlotModel {
  /** In what capacities are counted: divisible by all small numbers. */
  private static final long WHOLE = 720_720_000;

  private static final double ROUNDING = 1e-2;

  final CpModel model = new CpModel();
  final List<Choice> choices = new ArrayList<>();
  private final IndexedProblem problem;
  private final Grid grid;
  private final int horizon;
  private final List<List<List<Use>>> uses = new ArrayList<>();

  /** A move that may be made. */
  record Choice(Move move, int end, BoolVar chosen) {}

  private record Use(BoolVar chosen, long share) {}

  /**
   * @param ordered whether it has the constraints of {@link Symmetry}
   * @param stop where it says so it is left incomplete, and is not to be solved
   */
  SlotModel(List<Item> items, Grid grid, int horizon, boolean ordered, Stop stop) {
    this.problem = grid.problem();
    this.grid = grid;
    this.horizon = horizon;
    for (int r = 0; r < problem.capacity.length; r++) {
      uses.add(new ArrayList<>());
      for (int t = 0; t < horizon; t++) {
        uses.get(r).add(new ArrayList<>());
      }
    }
    for (Item item : items) {
      if (!stop.now()) {
        add(item);
      }
    }
    addCapacities();
    addStorage();
    if (ordered && !stop.now()) {
      new Symmetry(model).order(items, choices);
    }
  }

  /** How many choices a model would have, counted up to {@code most} and a few more. */
  static long size(List<Item> items, Grid grid, int horizon, long most) {
    long size = 0;
    for (Item item : items) {
      int[] slots = slots(item, grid);
      Windows w = windows(item, slots, grid, horizon);
      for (int a = 0; a < slots.length && size <= most; a++) {
        Arc arc = item.arcs().get(a);
        size += Math.max(0, w.latest[arc.to()] - slots[a] - w.earliest[arc.from()] + 1);
      }
    }
    return size;
  }

  private static Windows windows(Item item, int[] slots, Grid grid, int horizon) {
    int[] heldFrom =
        Arrays.stream(item.heldAt())
            .mapToInt(seconds -> Math.min(Windows.NEVER, grid.slotFrom(seconds)))
            .toArray();
    return new Windows(item, slots, heldFrom, horizon);
  }

  private static int[] slots(Item item, Grid grid) {
    return item.arcs().stream().mapToInt(a -> grid.slots(item, a)).toArray();
  }

  private void add(Item item) {
    int[] slots = slots(item, grid);
    Windows w = windows(item, slots, grid, horizon);
    List<List<Choice>> into = lists(problem.hosts());
    List<List<Choice>> outOf = lists(problem.hosts());
    for (int a = 0; a < slots.length; a++) {
      Arc arc = item.arcs().get(a);
      for (int t = w.earliest[arc.from()]; t + slots[a] <= w.latest[arc.to()]; t++) {
        BoolVar chosen = model.newBoolVar("");
        Choice choice = new Choice(new Move(item, arc, t), t + slots[a], chosen);
        choices.add(choice);
        into.get(arc.to()).add(choice);
        outOf.get(arc.from()).add(choice);
        for (int r : arc.way()) {
          long of = share(choice, r);
          for (int s = t; s < t + slots[a]; s++) {
            uses.get(r).get(s).add(new Use(chosen, of));
          }
        }
      }
    }
    for (int v = 0; v < problem.hosts(); v++) {
      if (item.possesses(v)) {
        continue;
      }
      Literal[] in = into.get(v).stream().map(Choice::chosen).toArray(Literal[]::new);
      if (Arrays.binarySearch(item.blocks().needers(), v) >= 0) {
        model.addExactlyOne(in);
      } else if (in.length > 1) {
        model.addAtMostOne(in);
      }
      addHolding(into.get(v), outOf.get(v), w.earliest[v]);
    }
  }

  private static long share(double rate, double capacity) {
    return (long) Math.floor(rate / capacity * WHOLE + ROUNDING);
  }

  private void addHolding(List<Choice> into, List<Choice> outOf, int earliest) {
    if (outOf.isEmpty()) {
      return;
    }
    int last = outOf.stream().mapToInt(c -> c.move().slot()).max().orElse(0);
    BoolVar before = null;
    for (int t = earliest; t <= last; t++) {
      int now = t;
      BoolVar held = model.newBoolVar("");
      LinearExprBuilder sum = LinearExpr.newBuilder();
      if (before != null) {
        sum.add(before);
      }
      into.stream().filter(c -> c.end() == now).forEach(c -> sum.add(c.chosen()));
      model.addEquality(sum, held);
      addSending(outOf.stream().filter(c -> c.move().slot() == now).toList(), held);
      before = held;
    }
  }

  /** Only what is held is sent, and through a resource with room for k copies, k times at most. */
  private void addSending(List<Choice> sending, BoolVar held) {
    sending.forEach(c -> model.addImplication(c.chosen(), held));
    int[] egress = sending.isEmpty() ? new int[0] : problem.egress[from(sending.get(0))];
    for (int r : egress) {
      long share = sending.stream().mapToLong(c -> share(c, r)).min().orElse(WHOLE);
      long most = WHOLE / Math.max(1, share);
      if (most < sending.size()) {
        LinearExprBuilder sum = LinearExpr.newBuilder().addTerm(held, -most);
        sending.forEach(c -> sum.add(c.chosen()));
        model.addLessOrEqual(sum, 0);
      }
    }
  }

  private static int from(Choice c) {
    return c.move().arc().from();
  }

  private long share(Choice c, int resource) {
    return share(grid.rate(c.move().item(), c.move().arc()), problem.capacity[resource]);
  }

  private void addCapacities() {
    for (int r = 0; r < problem.capacity.length; r++) {
      for (int t = 0; t < horizon; t++) {
        List<Use> of = uses.get(r).get(t);
        long free = free(r, t);
        if (of.stream().mapToLong(Use::share).sum() > free) {
          LinearExprBuilder sum = LinearExpr.newBuilder();
          of.forEach(u -> sum.addTerm(u.chosen(), u.share()));
          model.addLessOrEqual(sum, Math.max(0, free));
        }
      }
    }
  }

  private long free(int resource, int slot) {
    double free = problem.capacity[resource];
    double from = grid.seconds(slot);
    double until = grid.seconds(slot + 1);
    for (Load load : problem.loads) {
      if (load.start() < until
          && load.end() > from
          && Arrays.stream(load.way()).anyMatch(r -> r == resource)) {
        free -= load.rate();
      }
    }
    return share(free, problem.capacity[resource]);
  }

  private void addStorage() {
    for (int v = 0; v < problem.hosts(); v++) {
      int host = v;
      if (problem.room[v] < Long.MAX_VALUE) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        choices.stream()
            .filter(c -> c.move().arc().to() == host)
            .forEach(c -> sum.addTerm(c.chosen(), c.move().item().bytes()));
        model.addLessOrEqual(sum, problem.room[v] - problem.incoming[v]);
      }
    }
  }

  /** The moves of a solution. */
  List<Move> moves(Predicate<BoolVar> chosen) {
    return choices.stream().filter(c -> chosen.test(c.chosen())).map(Choice::move).toList();
  }

  private static <T> List<List<T>> lists(int n) {
    List<List<T>> lists = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }
}
