package dev.waybill.executor.agent;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.FileSet;
import dev.waybill.model.protocol.Orders;
import org.jspecify.annotations.Nullable;

/** What the core of the executor is told. */
public sealed interface AgentEvent {
  /** A file version was found on disk at the start; only before any other event. */
  record FileFound(
      FileId file,
      long blockSize,
      int knownBlocks,
      @Nullable Long size,
      BlockSet held,
      boolean published)
      implements AgentEvent {}

  /** The file set that was kept, at the start; only before any other event. */
  record FileSetFound(FileSet fileSet) implements AgentEvent {}

  /** All blocks of a file version have been deleted. */
  record Freed(FileId file) implements AgentEvent {}

  /** Time has passed. */
  record Tick() implements AgentEvent {}

  /** The long poll has brought orders. */
  record OrdersCame(Orders orders) implements AgentEvent {}

  /**
   * The master has answered a report.
   *
   * @param orders null where it has none that are newer
   */
  record ReportAnswered(long sequence, @Nullable Orders orders) implements AgentEvent {}

  /** No master has answered a report, or it could not be dealt with. */
  record ReportFailed(long sequence, String reason) implements AgentEvent {}

  /** The master does not know this host. */
  record HostUnknown() implements AgentEvent {}

  /** A page of a manifest has been stored; this is what is known now. */
  record ManifestStored(FileId file, int knownBlocks, @Nullable Long size) implements AgentEvent {}

  /**
   * A page of a manifest is not believed, and nothing of it has been stored.
   *
   * @param reason in words that follow the file's name
   */
  record ManifestRefused(FileId file, String reason) implements AgentEvent {}

  /** A page of a manifest could not be fetched or stored. */
  record ManifestFailed(FileId file, String reason) implements AgentEvent {}

  /** A block has arrived whose checksum is not known. */
  record ChecksumMissing(FileId file, int block) implements AgentEvent {}

  /** Blocks are verified and durable. */
  record BlocksHeld(FileId file, BlockSet blocks) implements AgentEvent {}

  /** Blocks differ from their checksums on disk and have been given up. */
  record BlocksLost(FileId file, BlockSet blocks) implements AgentEvent {}

  /** A copy is over. */
  record CopyEnded(CopyOutcome outcome) implements AgentEvent {}

  /** The sender of a copy waits for this block itself; null: it sends again. */
  record CopyWaits(long copy, @Nullable Integer block) implements AgentEvent {}

  /** The receiver of a copy from here has broken it off. */
  record BrokenOff(long copy) implements AgentEvent {}

  /** A block that is held could not be read. */
  record BlockSuspected(FileId file, int block) implements AgentEvent {}

  /** A whole file is at its place. */
  record Published(FileId file) implements AgentEvent {}

  /** The disk has refused to make a file version; it has said so in the log. */
  record OpenFailed(FileId file) implements AgentEvent {}

  /** A whole file could not be put at its place. */
  record PublishFailed(FileId file, String reason) implements AgentEvent {}
}
