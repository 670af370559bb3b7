package dev.waybill.planner.lp;

/** How the solution of a linear program of the planner ended. */
public sealed interface LpOutcome {
  /**
   * It was solved to the engine's tolerances (about 1e-7, relative to rows and columns of order 1).
   *
   * @param objective the least value
   * @param values by column
   * @param duals by row: how much the objective grows for each unit that the row's binding bound
   *     grows
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Optimal(double objective, double[] values, double[] duals) implements LpOutcome {}

  /**
   * No engine solved it.
   *
   * @param reason what each of them said
   */
  record Failed(String reason) implements LpOutcome {}
}
