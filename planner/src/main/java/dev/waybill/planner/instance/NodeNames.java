package dev.waybill.planner.instance;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How importers make identifiers of labels: without accents, anything but letters, digits, point
 * and underscore as one dash; where several nodes have the same, each with {@code @} and its id.
 */
final class NodeNames {
  private static final int MAX_LENGTH = 100;

  private final Map<String, Integer> counts = new HashMap<>();

  /** Counts a label; all must have been counted before the first is named. */
  void add(String label) {
    counts.merge(plain(label), 1, Integer::sum);
  }

  /** The identifier of a node. */
  String of(String label, int id) {
    String plain = plain(label);
    return counts.getOrDefault(plain, 0) > 1 ? plain + "@" + id : plain;
  }

  private static String plain(String label) {
    String ascii =
        Normalizer.normalize(label, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^A-Za-z0-9._]+", "-")
            .replaceAll("^-|-$", "");
    return ascii.isEmpty() ? "node" : ascii.substring(0, Math.min(ascii.length(), MAX_LENGTH));
  }

  /** The identifier of a whole network, in small letters. */
  static String network(String label) {
    return plain(label).toLowerCase(Locale.ROOT);
  }
}
