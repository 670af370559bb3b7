package dev.waybill.planner.catalogue;

/** Where the databases of the catalogue differ. */
enum Dialect {
  /** Embedded, and locked for the one process that has it open: its lease is never contested. */
  SQLITE("unixepoch('subsec')", false),

  POSTGRESQL("extract(epoch FROM clock_timestamp())", true);

  private final String clock;
  private final boolean shared;

  Dialect(String clock, boolean shared) {
    this.clock = clock;
    this.shared = shared;
  }

  /** The database's time in seconds since the epoch, as an SQL expression. */
  String clock() {
    return clock;
  }

  /** Whether several processes may have it open. */
  boolean shared() {
    return shared;
  }
}
