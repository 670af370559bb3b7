package dev.waybill.planner.lp;

import com.google.ortools.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The native library of OR-Tools, for the planner: loaded when it is first needed, once. Whoever
 * uses a class of OR-Tools calls {@link #load} before.
 */
public final class OrTools {
  private OrTools() {}

  /**
   * Loads the library unless it is there. It takes the better part of a second, once. Any thread
   * may call it.
   *
   * @throws OrToolsMissing where it can't be loaded, each time
   */
  public static void load() {
    if (Library.FAILURE != null) {
      throw new OrToolsMissing(Library.FAILURE);
    }
  }

  /** Whether the library can be loaded here; loads it. */
  public static boolean available() {
    return Library.FAILURE == null;
  }

  /** The JVM initialises this class once, when it is first used. */
  private static final class Library {
    static final @Nullable String FAILURE = attempt();

    private static @Nullable String attempt() {
      try {
        Loader.loadNativeLibraries();
        return null;
      } catch (RuntimeException | LinkageError e) {
        return e.toString();
      }
    }
  }
}
