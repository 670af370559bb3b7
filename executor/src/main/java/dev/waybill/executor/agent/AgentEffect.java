package dev.waybill.executor.agent;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.FileSet;
import dev.waybill.model.protocol.Report;

/** What the core of the executor wants done; what comes of it is an event. */
public sealed interface AgentEffect {
  /** Make room for a file version, so that it can be received and served. */
  record OpenFile(FileId file, long blockSize, boolean origin) implements AgentEffect {}

  /** Get what is not known yet of a manifest. */
  record FetchManifest(FileId file) implements AgentEffect {}

  /**
   * Begin a copy.
   *
   * @param missing the blocks of the order that are not held, at least one
   */
  record OpenCopy(CopyOrder order, BlockSet missing) implements AgentEffect {}

  /** End a copy, without an outcome. */
  record CloseCopy(long copy) implements AgentEffect {}

  /** Keep which files are to be obtained, and whose orders are obeyed, before any order is. */
  record KeepFileSet(FileSet fileSet) implements AgentEffect {}

  /** Delete all blocks of a file version, and the file where it is at its place. */
  record Free(FileId file) implements AgentEffect {}

  /** Put a whole file at its place. */
  record Publish(FileId file) implements AgentEffect {}

  /** Read blocks again and give up those that differ. */
  record Scrub(FileId file, BlockSet suspects) implements AgentEffect {}

  /** Tell the master; one at a time. */
  record SendReport(Report report) implements AgentEffect {}

  /** Tell people. */
  record Say(Level level, String line) implements AgentEffect {}

  /** How much a line matters. */
  enum Level {
    INFO,
    WARN
  }

  /** End this executor: it can't do anything here. */
  record GiveUp(String line) implements AgentEffect {}
}
