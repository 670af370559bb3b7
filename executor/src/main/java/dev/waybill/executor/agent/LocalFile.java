package dev.waybill.executor.agent;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileState;
import org.jspecify.annotations.Nullable;

/** What the core of the executor knows of one file version on this host. */
final class LocalFile {
  final FileId id;
  final long blockSize;
  final long sinceMillis;

  int knownBlocks;

  /** A block whose checksum somebody has asked for while others were being fetched; -1: none. */
  int awaitedChecksum = -1;

  @Nullable Long size;
  BlockSet held = BlockSet.EMPTY;
  boolean published;

  /** What the master last said of it; null where it has said nothing. */
  @Nullable FileInfo info;

  /** Whether it is in the file set. */
  boolean wanted;

  /** Whether the disk has refused to make it. */
  boolean unopened;

  boolean freeing;
  boolean fetching;
  long fetchAgainMillis = Long.MIN_VALUE;

  /** Why its manifest is not believed; null where it is. */
  @Nullable String refusal;

  /** How long it is not asked for again the next time it is not believed. */
  long refusedPauseMillis;

  boolean publishing;
  long publishAgainMillis = Long.MIN_VALUE;

  /** Rises with every change of what is reported. */
  long change;

  LocalFile(FileId id, long blockSize, long sinceMillis) {
    this.id = id;
    this.blockSize = blockSize;
    this.sinceMillis = sinceMillis;
  }

  /** Whether every block is held; a file of which the end is not known is never whole. */
  boolean whole() {
    return layout() != null && held.prefixCount() >= blockCount();
  }

  /** The blocks of {@code wanted} that are still needed: what is wanted less what is held. */
  BlockSet missing(BlockSet wanted) {
    BlockSet inFile =
        layout() == null ? wanted : wanted.intersection(BlockSet.prefix(blockCount()));
    return inFile.minus(held);
  }

  /** It has been deleted; what is known of its blocks is as good as never heard. */
  void forget() {
    info = null;
    knownBlocks = 0;
    size = null;
    refusal = null;
  }

  /** How many of the blocks that are known of must still be obtained. */
  int missing() {
    BlockLayout layout = layout();
    int known = layout == null ? knownBlocks : layout.blockCount();
    return wanted ? BlockSet.prefix(known).minus(held).count() : 0;
  }

  /** Whether the master knows more of the manifest than this host. */
  boolean manifestBehind() {
    return info != null && (info.knownBlocks() > knownBlocks || (info.complete() && size == null));
  }

  /** Whether nothing is to be done about it before something new is heard. */
  boolean isSettled() {
    return !manifestBehind() && (published || !whole());
  }

  FileState state() {
    BlockLayout layout = layout();
    int prefix = held.prefixCount();
    long prefixLength = layout == null ? prefix * blockSize : layout.offset(prefix);
    return new FileState(id, held, prefixLength, missing(), published, refusal);
  }

  private @Nullable BlockLayout layout() {
    return size == null ? null : new BlockLayout(size, blockSize);
  }

  private int blockCount() {
    BlockLayout layout = layout();
    return layout == null ? 0 : layout.blockCount();
  }
}
