package dev.waybill.planner.lp;

/** The native library of OR-Tools can't be loaded on the planner's machine. */
public final class OrToolsMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OrToolsMissing(String reason) {
    super(
        String.format(
            "the native library of OR-Tools can't be loaded on %s %s (is the temporary folder %s"
                + " writable and may programs in it be run?): %s",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.io.tmpdir"),
            reason));
  }
}
