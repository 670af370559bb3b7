package dev.waybill.planner.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the master's durable state: who leads, and files, versions, checksums, file sets and
 * demands. May be used by several threads.
 *
 * <p>Several masters may share a catalogue; one of them leads, by a lease that it renews. Each
 * leadership has an epoch, higher than that of any before it, and every write is refused whose
 * epoch is not the current one, so that a leader that has been out of the world for a while can do
 * no harm.
 */
public interface Catalogue extends Closeable {
  /** Whether more than one master can use it. */
  boolean isShared();

  /**
   * Tries to lead, or to go on doing so.
   *
   * @param owner of one leadership: whoever has lost it comes back under another name
   * @param url where clients reach this master; null: it does not say
   * @param lease how long nobody else can lead from now on, by the catalogue's own clock
   */
  Candidacy lead(String owner, @Nullable String url, Duration lease) throws IOException;

  /** Lets another master lead at once. */
  void resign(String owner) throws IOException;

  /** All changes that make up the state, such that a master that applies them in order has it. */
  List<Change> load() throws IOException;

  /**
   * Makes changes durable, all of them or none. Applying the same changes again, after a failure
   * that left open whether they were applied, does no harm.
   *
   * @param epoch of the leadership that they belong to
   * @throws Deposed where another master leads by now; nothing has changed
   */
  void apply(int epoch, List<Change> changes) throws IOException;
}
