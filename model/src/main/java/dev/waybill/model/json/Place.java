package dev.waybill.model.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the formats are in a document: the keys and indices from its root down to one value. */
final class Place {
  private static final int MAX_KEY_LENGTH = 80;

  /** The key at each depth, null where it is an index. */
  private @Nullable String[] keys = new @Nullable String[8];

  private int[] indices = new int[8];
  private int depth;

  void enter() {
    if (depth == keys.length) {
      keys = Arrays.copyOf(keys, 2 * depth);
      indices = Arrays.copyOf(indices, 2 * depth);
    }
    keys[depth++] = null;
  }

  void leave() {
    depth--;
  }

  void at(String key) {
    keys[depth - 1] = key;
  }

  void at(int index) {
    indices[depth - 1] = index;
  }

  /** As a JSON pointer (RFC 6901), overlong keys abbreviated. */
  String pointer() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      String key = keys[i];
      out.append('/').append(key == null ? Integer.toString(indices[i]) : escaped(key));
    }
    return out.toString();
  }

  private static String escaped(String key) {
    return OneLine.of(key, MAX_KEY_LENGTH).replace("~", "~0").replace("/", "~1");
  }
}
