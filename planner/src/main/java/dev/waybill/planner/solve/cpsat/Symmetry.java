package dev.waybill.planner.solve.cpsat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.Literal;
import dev.waybill.planner.solve.cpsat.SlotModel.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Constraints of the CP-SAT solver that keep one of many schedules which differ in the names of
 * blocks alone: those that are alike first leave their possessors in the order of their numbers.
 */
final class Symmetry {
  private final CpModel model;

  Symmetry(CpModel model) {
    this.model = model;
  }

  /** Orders items that the same hosts possess from the same time on and need. */
  void order(List<Item> items, List<Choice> choices) {
    Map<Item, List<Choice>> departures = new HashMap<>();
    for (Choice c : choices) {
      Item item = c.move().item();
      if (item.possesses(c.move().arc().from())) {
        departures.computeIfAbsent(item, k -> new ArrayList<>()).add(c);
      }
    }
    Map<List<Object>, List<Item>> alike = new LinkedHashMap<>();
    for (Item item : items) {
      alike.computeIfAbsent(signature(item), k -> new ArrayList<>()).add(item);
    }
    for (List<Item> group : alike.values()) {
      for (int i = 1; i < group.size(); i++) {
        chain(
            departures.getOrDefault(group.get(i - 1), List.of()),
            departures.getOrDefault(group.get(i), List.of()));
      }
    }
  }

  private static List<Object> signature(Item item) {
    return List.of(
        System.identityHashCode(item.blocks()),
        item.bytes(),
        Arrays.stream(item.heldAt()).boxed().toList());
  }

  /** Nothing of {@code later} is chosen before something of {@code ahead}. */
  private void chain(List<Choice> ahead, List<Choice> later) {
    Map<Integer, BoolVar> begun = new HashMap<>();
    for (Choice c : later) {
      BoolVar by = begun.computeIfAbsent(c.move().slot(), slot -> begun(ahead, slot));
      model.addImplication(c.chosen(), by);
    }
  }

  private BoolVar begun(List<Choice> ahead, int slot) {
    BoolVar begun = model.newBoolVar("");
    List<Literal> clause = new ArrayList<>(List.of(begun.not()));
    ahead.stream().filter(c -> c.move().slot() <= slot).forEach(c -> clause.add(c.chosen()));
    model.addBoolOr(clause);
    return begun;
  }
}
