package dev.waybill.planner.lp;

import com.google.ortools.Loader;

/**
 * The native libraries of OR-Tools, which the planner's engines run on. Loading takes most of a
 * second, so that it is left until an engine is needed.
 */
public final class Natives {
  private Natives() {}

  /**
   * Loads them, unless they are. Callable from any thread.
   *
   * @throws UnsatisfiedLinkError where there are none for this machine
   */
  public static void load() {
    Loader.loadNativeLibraries();
  }
}
