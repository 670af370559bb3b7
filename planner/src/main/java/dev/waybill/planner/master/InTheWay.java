package dev.waybill.planner.master;

import java.util.Set;

/**
 * Part of the planning cycle: running copies without which there may be a better schedule.
 *
 * @param copies their ids
 * @param makespan with them, in seconds
 * @param areAll whether they are all that run
 * @param isNews whether the schedule in force was made before it was known what resources give
 */
record InTheWay(Set<Long> copies, double makespan, boolean areAll, boolean isNews) {
  InTheWay {
    copies = Set.copyOf(copies);
  }
}
