package dev.waybill.planner.solve.optaplanner;

import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/**
 * A host in a tree, as OptaPlanner sees it: an entity whose variable is the host that feeds it
 * there. Relays may be fed by nobody, which leaves them out of the tree.
 */
@PlanningEntity
public class Place {
  static final String FEEDER = "feeder";

  @PlanningId private final int id;
  private final int tree;
  private final int host;
  private final boolean optional;

  @PlanningVariable(valueRangeProviderRefs = Forest.FEEDERS, nullable = true)
  private @Nullable Feeder feeder;

  /** For OptaPlanner alone. */
  @SuppressWarnings("unused")
  private Place() {
    this(0, 0, 0, false);
  }

  Place(int id, int tree, int host, boolean optional) {
    this.id = id;
    this.tree = tree;
    this.host = host;
    this.optional = optional;
  }

  Place copy() {
    Place copy = new Place(id, tree, host, optional);
    copy.feeder = feeder;
    return copy;
  }

  int tree() {
    return tree;
  }

  int host() {
    return host;
  }

  /** Whether the tree can do without it. */
  boolean optional() {
    return optional;
  }

  @Nullable Feeder feeder() {
    return feeder;
  }

  void feedFrom(@Nullable Feeder from) {
    feeder = from;
  }

  @Override
  public String toString() {
    return "host " + host + " in tree " + tree;
  }
}
