package dev.waybill.planner.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.Topology;
import dev.waybill.planner.indexed.IndexedProblem;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Eight equal hosts at one place, 100 Mbit/s; 100 blocks take 8 s to one, 8.16 s to all seven. */
class DeadlineProofTest {
  private static Problem due(Function<Demand, Demand> deadline) {
    Problem p = Topology.equal(8).spread(100, 1_000_000);
    return new Problem(
        p.name(),
        "",
        p.network(),
        List.copyOf(p.files().values()),
        p.holdings(),
        List.of(),
        List.of(),
        p.demands().stream().map(deadline).toList(),
        Objective.MAKESPAN);
  }

  private static List<DeadlineProof> proofs(Problem problem) {
    return DeadlineProof.of(new IndexedProblem(problem));
  }

  @Test
  void namesADemandThatCannotBeMetInTimeAndWhy() {
    List<DeadlineProof> proofs =
        proofs(due(d -> new Demand(d.host(), d.file(), 1, d.host().equals("h3") ? 7.9 : null)));
    assertThat(proofs).hasSize(1);
    assertThat(proofs.get(0).demands()).extracting(Demand::host).containsExactly("h3");
    assertThat(proofs.get(0).atLeast()).isCloseTo(8, within(1e-6));
    assertThat(proofs.get(0).because()).contains("h3.down");
  }

  @Test
  void namesDemandsThatCannotAllBeMetInTime() {
    List<DeadlineProof> proofs = proofs(due(d -> new Demand(d.host(), d.file(), 1, 8.1)));
    assertThat(proofs).hasSize(1);
    assertThat(proofs.get(0).demands()).hasSize(7);
    assertThat(proofs.get(0).atLeast()).isCloseTo(8.16, within(1e-6));
  }

  @Test
  void saysNothingOfDeadlinesThatCanBeMetOrThatNobodySet() {
    assertThat(proofs(due(d -> new Demand(d.host(), d.file(), 1, 8.17)))).isEmpty();
    assertThat(proofs(due(d -> d))).isEmpty();
  }

  @Test
  void othersMayHelpThoughTheirOwnDemandsAreNotDue() {
    // h1 and h2 by 8.1 s: the others are relays then, which does not make it faster than it is.
    List<DeadlineProof> proofs =
        proofs(
            due(
                d ->
                    new Demand(
                        d.host(),
                        d.file(),
                        1,
                        d.host().equals("h2") || d.host().equals("h3") ? 8.085 : null)));
    assertThat(proofs).allSatisfy(p -> assertThat(p.atLeast()).isLessThanOrEqualTo(8.16));
  }
}
