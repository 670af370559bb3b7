package dev.waybill.planner.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The port to the master's durable state: files, versions, checksums, file sets and demands. Used
 * by one thread at a time.
 */
public interface Catalogue extends Closeable {
  /**
   * Begins a new term of the master.
   *
   * @return its number, higher than that of every term before it, from 1 on
   */
  int beginTerm() throws IOException;

  /** All changes that make up the state, such that a master that applies them in order has it. */
  List<Change> load() throws IOException;

  /** Makes changes durable, all of them or none. */
  void apply(List<Change> changes) throws IOException;
}
