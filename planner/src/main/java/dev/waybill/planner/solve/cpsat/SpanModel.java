package dev.waybill.planner.solve.cpsat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import dev.waybill.planner.indexed.IndexedProblem;
import dev.waybill.planner.solve.Stop;
import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A model of the CP-SAT solver that every schedule of less than K+1 steps of u seconds satisfies,
 * at whatever times and rates its copies run. Without a solution, no schedule ends before (K+1) u.
 *
 * <p>Suppose that one is complete by M &lt; (K+1) u. Look at the moments g(k) = M - (K-k) u for k =
 * 0..K; so g(0) &lt; u, and g(K) = M. With
 *
 * <pre>
 *   y[b,a,k]  block b has come over arc a by g(k), but not by g(k-1)
 *   h[b,v,k]  host v holds b at g(k)
 * </pre>
 *
 * <ul>
 *   <li>a transfer over arc a takes at least d(b,a) = floor(bytes / (capacity of a) / u) steps, so
 *       that y[b,a,k] &lt;= h[b,from(a),k-d(b,a)];
 *   <li>what possesses b from second s on holds it at g(k) only where s &lt; (k+1) u, that is from
 *       k = floor(s/u) on;
 *   <li>through a resource of capacity C has come by g(k) less than C (k+1) u; and less than C
 *       (k-e+1) u where nobody who sends through it holds anything at g(e-1). For a host's own
 *       egress e is a matter of the solution, for others the least that is possible.
 * </ul>
 *
 * Those are the constraints, beside that each needer gets each block once. Copies in progress leave
 * less than that and are passed over. The counting of rounds is that of Mundinger, Weber and Weiss
 * (Optimal scheduling of peer-to-peer file dissemination, 2008), for any network.
 */
final class SpanModel {
  private static final double ROUNDING = 1e-9;

  /** Bytes beyond which nothing limits. */
  private static final double MOST = 1e15;

  final CpModel model = new CpModel();
  private final IndexedProblem problem;
  private final double step;
  private final int horizon;
  private final long unitBytes;
  private final int[] firstUse;
  private final Map<Integer, List<LinearExprBuilder>> through = new HashMap<>();
  private final List<List<List<Literal>>> holding = new ArrayList<>();

  /**
   * @param step seconds
   * @param horizon K
   * @param stop where it says so it is left incomplete, and is not to be solved
   */
  SpanModel(IndexedProblem problem, List<Item> items, double step, int horizon, Stop stop) {
    this.problem = problem;
    this.step = step;
    this.horizon = horizon;
    this.unitBytes = items.stream().mapToLong(Item::bytes).reduce(0, SpanModel::gcd);
    firstUse = new int[problem.capacity.length];
    Arrays.fill(firstUse, horizon);
    for (int v = 0; v < problem.hosts(); v++) {
      holding.add(new ArrayList<>());
      for (int k = 0; k <= horizon; k++) {
        holding.get(v).add(new ArrayList<>());
      }
    }
    for (Item item : items) {
      if (!stop.now()) {
        add(item);
      }
    }
    through.forEach(this::limit);
  }

  private static long gcd(long a, long b) {
    return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
  }

  private void add(Item item) {
    int[] steps =
        item.arcs().stream()
            .mapToInt(a -> down(item.bytes() / problem.minCapacity(a.way())))
            .toArray();
    int[] heldFrom = Arrays.stream(item.heldAt()).mapToInt(this::down).toArray();
    Windows w = new Windows(item, steps, heldFrom, horizon);
    List<List<List<Literal>>> into = new ArrayList<>();
    for (int v = 0; v < problem.hosts(); v++) {
      into.add(new ArrayList<>());
      for (int k = 0; k <= horizon; k++) {
        into.get(v).add(new ArrayList<>());
      }
    }
    List<Map<Integer, BoolVar>> chosen = new ArrayList<>();
    for (int a = 0; a < steps.length; a++) {
      Arc arc = item.arcs().get(a);
      Map<Integer, BoolVar> y = new HashMap<>();
      chosen.add(y);
      for (int k = w.earliest[arc.from()] + steps[a]; k <= w.latest[arc.to()]; k++) {
        BoolVar come = model.newBoolVar("");
        y.put(k, come);
        into.get(arc.to()).get(k).add(come);
        use(arc, k, come, item, w.earliest[arc.from()]);
      }
    }
    Literal[][] held = new Literal[problem.hosts()][];
    for (int v = 0; v < held.length; v++) {
      held[v] = item.possesses(v) ? possessed(v, heldFrom[v]) : received(item, v, into.get(v));
    }
    for (int a = 0; a < steps.length; a++) {
      Literal[] sender = held[item.arcs().get(a).from()];
      int takes = steps[a];
      chosen.get(a).forEach((k, come) -> model.addImplication(come, sender[k - takes]));
    }
  }

  private int down(double seconds) {
    return (int) Math.min(Windows.NEVER, Math.floor(seconds / step * (1 + ROUNDING)));
  }

  private void use(Arc arc, int k, BoolVar chosen, Item item, int earliest) {
    for (int r : arc.way()) {
      firstUse[r] = Math.min(firstUse[r], earliest);
      through
          .computeIfAbsent(
              r,
              of -> {
                List<LinearExprBuilder> sums = new ArrayList<>();
                for (int i = 0; i <= horizon; i++) {
                  sums.add(LinearExpr.newBuilder());
                }
                return sums;
              })
          .get(k)
          .addTerm(chosen, item.bytes() / unitBytes);
    }
  }

  private Literal[] possessed(int v, int from) {
    Literal[] held = new Literal[horizon + 1];
    for (int k = 0; k <= horizon; k++) {
      held[k] = k >= from ? model.trueLiteral() : model.falseLiteral();
      if (k >= from) {
        holding.get(v).get(k).add(held[k]);
      }
    }
    return held;
  }

  private Literal[] received(Item item, int v, List<List<Literal>> into) {
    List<Literal> all = into.stream().flatMap(List::stream).toList();
    if (Arrays.binarySearch(item.blocks().needers(), v) >= 0) {
      model.addExactlyOne(all);
    } else {
      model.addAtMostOne(all);
    }
    Literal[] held = new Literal[horizon + 1];
    for (int k = 0; k <= horizon; k++) {
      if (all.isEmpty()) {
        held[k] = model.falseLiteral();
        continue;
      }
      BoolVar now = model.newBoolVar("");
      LinearExprBuilder sum = LinearExpr.newBuilder();
      if (k > 0) {
        sum.add(held[k - 1]);
      }
      into.get(k).forEach(sum::add);
      model.addEquality(sum, now);
      held[k] = now;
      holding.get(v).get(k).add(now);
    }
    return held;
  }

  private void limit(int resource, List<LinearExprBuilder> into) {
    OptionalInt owner = owner(resource);
    Literal[] begun = owner.isPresent() ? begun(owner.getAsInt()) : new Literal[0];
    IntVar before = model.newConstant(0);
    for (int k = 0; k <= horizon; k++) {
      IntVar now = model.newIntVar(0, most(resource, k - firstUse[resource] + 1), "");
      model.addEquality(into.get(k).add(before), now);
      before = now;
      if (owner.isPresent()) {
        LinearExprBuilder limit = LinearExpr.newBuilder();
        for (int s = 0; s <= k; s++) {
          limit.addTerm(begun[s], most(resource, k - s + 1) - most(resource, k - s));
        }
        model.addLessOrEqual(now, limit);
      }
    }
  }

  /** What has come through a resource in less than {@code steps} steps at most, in units. */
  private long most(int resource, int steps) {
    double bytes = problem.capacity[resource] * step * Math.max(0, steps);
    double whole = Math.rint(bytes);
    boolean isWhole = Math.abs(bytes - whole) <= ROUNDING * bytes;
    double less = isWhole ? whole - 1 : Math.floor(bytes);
    return (long) Math.max(0, Math.floor(Math.min(less, MOST) / unitBytes));
  }

  /** For each step, a literal that can only be true once {@code host} holds anything. */
  private Literal[] begun(int host) {
    Literal[] begun = new Literal[horizon + 1];
    for (int k = 0; k <= horizon; k++) {
      BoolVar now = model.newBoolVar("");
      List<Literal> clause = new ArrayList<>(holding.get(host).get(k));
      clause.add(now.not());
      model.addBoolOr(clause);
      if (k > 0) {
        model.addImplication(begun[k - 1], now);
      }
      begun[k] = now;
    }
    return begun;
  }

  /** The host that all through {@code resource} comes from, where it is one host's egress. */
  private OptionalInt owner(int resource) {
    int[] egress = hosts(problem.egress, resource);
    boolean elsewhere = hosts(problem.ingress, resource).length > 0;
    for (int from = 0; from < problem.locations(); from++) {
      for (int to : problem.pathsFrom[from]) {
        int[] via = problem.via(from, to);
        elsewhere |= via != null && contains(via, resource);
      }
    }
    return egress.length == 1 && !elsewhere ? OptionalInt.of(egress[0]) : OptionalInt.empty();
  }

  private static int[] hosts(int[][] resources, int resource) {
    return IntStream.range(0, resources.length)
        .filter(h -> contains(resources[h], resource))
        .toArray();
  }

  private static boolean contains(int[] resources, int resource) {
    return Arrays.stream(resources).anyMatch(r -> r == resource);
  }
}
