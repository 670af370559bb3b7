package dev.waybill.planner.master;

import java.util.Set;

/**
 * Part of the planning cycle: running copies without which there may be a better schedule.
 *
 * @param copies their ids
 * @param makespan with them, in seconds
 */
record InTheWay(Set<Long> copies, double makespan) {
  InTheWay {
    copies = Set.copyOf(copies);
  }
}
