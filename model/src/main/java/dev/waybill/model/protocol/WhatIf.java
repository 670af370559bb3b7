package dev.waybill.model.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: the live state with changes, to be planned without touching it.
 *
 * @param withoutHosts hosts that are not there
 * @param capacities other capacities of resources, in bytes per second
 * @param files files that are there beside the others
 */
public record WhatIf(
    List<String> withoutHosts, Map<String, Double> capacities, List<NewFile> files) {
  public WhatIf {
    withoutHosts = List.copyOf(withoutHosts);
    capacities = Map.copyOf(capacities);
    files = List.copyOf(files);
  }

  /**
   * A file that is whole on one host.
   *
   * @param hosts that are to have it; empty: all of them
   */
  public record NewFile(String name, long size, String origin, List<String> hosts) {
    public NewFile {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Part of the protocol: the answer to {@link WhatIf}.
   *
   * @param now the live state as it is
   * @param then the state with the changes
   */
  public record Answer(Outcome now, Outcome then) {}

  /**
   * What a plan of a state takes.
   *
   * @param makespanSeconds until the last demand is met; null where there is no plan
   * @param atLeastSeconds the proven minimum; null where there is no plan
   * @param bottlenecks the resources that bind it
   * @param problem why there is no plan; null where there is one
   */
  public record Outcome(
      int demands,
      @Nullable Double makespanSeconds,
      @Nullable Double atLeastSeconds,
      List<Status.Binding> bottlenecks,
      @Nullable String problem) {
    public Outcome {
      bottlenecks = List.copyOf(bottlenecks);
    }
  }
}
