package dev.waybill.model.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the checker has found so far: all violations counted, the first of them kept, and among
 * those at least one of each kind.
 */
final class Findings {
  static final int MAX_KEPT = 20;

  private final List<Violation> kept = new ArrayList<>();
  private long count;

  void add(Violation.Kind kind, String place, Supplier<String> message) {
    count++;
    if (kept.size() < MAX_KEPT) {
      kept.add(new Violation(kind, place, message.get()));
    } else if (countOf(kind) == 0) {
      dropOneOfMany();
      kept.add(new Violation(kind, place, message.get()));
    }
  }

  List<Violation> kept() {
    return kept;
  }

  long count() {
    return count;
  }

  /** There are fewer kinds than are kept, so that some kind is there more than once. */
  private void dropOneOfMany() {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (countOf(kept.get(i).kind()) > 1) {
        kept.remove(i);
        return;
      }
    }
  }

  private long countOf(Violation.Kind kind) {
    return kept.stream().filter(v -> v.kind() == kind).count();
  }
}
