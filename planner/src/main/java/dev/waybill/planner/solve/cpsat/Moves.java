package dev.waybill.planner.solve.cpsat;

import dev.waybill.model.schedule.Copy;
import dev.waybill.planner.solve.cpsat.Item.Arc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the moves that the CP-SAT solver has decided on into copies. */
final class Moves {
  private final Grid grid;

  Moves(Grid grid) {
    this.grid = grid;
  }

  /** Copies of {@code moves}, less what relays get and never pass on. */
  List<Copy> copies(List<Move> moves) {
    List<Move> sorted = new ArrayList<>(withoutUseless(moves));
    sorted.sort(
        Comparator.comparingInt((Move m) -> m.item().file())
            .thenComparingInt(m -> m.arc().from())
            .thenComparingInt(m -> m.arc().to())
            .thenComparingInt(Move::slot)
            .thenComparingInt(m -> m.item().block()));
    List<Copy> copies = new ArrayList<>();
    Map<Arc, List<Move>> open = new HashMap<>();
    for (Move m : sorted) {
      List<Move> before = open.computeIfAbsent(m.arc(), k -> new ArrayList<>());
      if (!before.isEmpty() && !continues(before.get(before.size() - 1), m)) {
        copies.add(copy(before));
        before.clear();
      }
      before.add(m);
    }
    open.values().stream().filter(b -> !b.isEmpty()).forEach(b -> copies.add(copy(b)));
    copies.sort(
        Comparator.comparingDouble(Copy::start)
            .thenComparing(Copy::from)
            .thenComparing(Copy::to)
            .thenComparing(Copy::file)
            .thenComparingInt(Copy::first));
    return copies;
  }

  /** The latest first, each is kept that is needed where it goes or by one that is kept. */
  private static List<Move> withoutUseless(List<Move> moves) {
    List<Move> latestFirst = new ArrayList<>(moves);
    latestFirst.sort(Comparator.comparingInt(Move::slot).reversed());
    List<Move> kept = new ArrayList<>();
    Set<List<Object>> passedOn = new HashSet<>();
    for (Move m : latestFirst) {
      boolean needed = Arrays.binarySearch(m.item().blocks().needers(), m.arc().to()) >= 0;
      if (needed || passedOn.contains(key(m.item(), m.arc().to()))) {
        kept.add(m);
        passedOn.add(key(m.item(), m.arc().from()));
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private static List<Object> key(Item item, int host) {
    return List.of(item.file(), item.block(), host);
  }

  private boolean continues(Move before, Move m) {
    return m.item().file() == before.item().file()
        && m.item().block() == before.item().block() + 1
        && m.slot() == before.slot() + grid.slots(before.item(), before.arc())
        && before.item().bytes() == grid.problem().layouts[m.item().file()].blockSize();
  }

  private Copy copy(List<Move> moves) {
    Move first = moves.get(0);
    Item last = moves.get(moves.size() - 1).item();
    return new Copy(
        grid.problem().fileIds[first.item().file()],
        grid.problem().hostIds[first.arc().from()],
        grid.problem().hostIds[first.arc().to()],
        first.item().block(),
        last.block(),
        grid.seconds(first.slot()),
        grid.rate(first.item(), first.arc()));
  }
}
