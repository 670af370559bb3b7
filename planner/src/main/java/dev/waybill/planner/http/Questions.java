package dev.waybill.planner.http;

import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.master.MasterState;
import dev.waybill.planner.solve.Solution;
import dev.waybill.planner.solve.SolveLimits;
import dev.waybill.planner.solve.Solver;
import dev.waybill.runtime.http.Refusal;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers what-if questions of the master: plans the live state and the state with changes on a
 * thread of its own, one question after the other, and touches nothing.
 */
final class Questions implements Closeable {
  private static final int WAITING = 8;
  private static final SolveLimits LIMITS = SolveLimits.forHosts(Duration.ofSeconds(10), 0.02);

  private final Solver solver;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          r -> MasterLoop.daemon(r, "what-if"));
  private volatile boolean ending;

  Questions(Solver solver) {
    this.solver = solver;
  }

  CompletableFuture<WhatIf.Answer> answer(Problem problem, WhatIf changes) {
    CompletableFuture<WhatIf.Answer> answer = new CompletableFuture<>();
    try {
      Problem then = MasterState.changed(problem, changes);
      thread.execute(
          () -> {
            try {
              answer.complete(new WhatIf.Answer(outcome(problem), outcome(then)));
            } catch (RuntimeException e) {
              answer.completeExceptionally(e);
            }
          });
    } catch (IllegalArgumentException e) {
      answer.completeExceptionally(Refusal.badRequest(String.valueOf(e.getMessage())));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new Refusal(503, "too many questions are waiting"));
    }
    return answer;
  }

  private WhatIf.Outcome outcome(Problem problem) {
    int demands = problem.demands().size();
    Solution solution = solver.solve(problem, LIMITS, () -> ending);
    if (solution instanceof Solution.Planned p) {
      return new WhatIf.Outcome(
          demands, p.schedule().makespan(), p.schedule().lowerBound(), bindings(p.bound()), null);
    }
    return new WhatIf.Outcome(demands, null, null, List.of(), why(solution));
  }

  private static List<Status.Binding> bindings(Bound bound) {
    return bound.bottlenecks().stream()
        .map(b -> new Status.Binding(b.resource(), b.secondsPerUnit()))
        .toList();
  }

  private static @Nullable String why(Solution solution) {
    if (solution instanceof Solution.Infeasible i) {
      return i.message();
    }
    if (solution instanceof Solution.Unsupported u) {
      return u.reason();
    }
    if (solution instanceof Solution.GaveUp g) {
      return g.reason();
    }
    return solution instanceof Solution.Defective d ? d.reason() : null;
  }

  @Override
  public void close() {
    ending = true;
    thread.shutdownNow();
  }
}
