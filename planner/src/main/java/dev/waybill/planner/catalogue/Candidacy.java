package dev.waybill.planner.catalogue;

import org.jspecify.annotations.Nullable;

/** What a master that wants to lead is told by its catalogue. */
public sealed interface Candidacy {
  /**
   * It leads.
   *
   * @param epoch of its leadership, from 1 on; the same for as long as it lasts
   */
  record Leads(int epoch) implements Candidacy {}

  /**
   * Another one leads.
   *
   * @param url where clients reach it; null where it does not say
   */
  record Follows(@Nullable String url) implements Candidacy {}
}
