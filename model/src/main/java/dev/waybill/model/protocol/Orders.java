package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import java.util.List;

/**
 * Part of the protocol: everything that a host is to do now, in answer to its report. Complete, not
 * a difference, but for the files: what is not in it any more is to be ended.
 *
 * @param revision rises with every change, also across restarts of the master: it begins with the
 *     master's epoch
 * @param resync whether the master lacks this host's state, so that the next report has to be
 *     complete
 * @param copies what to fetch, the most urgent first
 * @param files what is new about the file versions that concern the host
 * @param verify blocks that others have blamed this host for: to be read and hashed again, and
 *     given up where they differ
 * @param free file versions that nobody needs here any more: their blocks are to be deleted
 */
public record Orders(
    long revision,
    boolean resync,
    List<CopyOrder> copies,
    FileNews files,
    List<BlockRef> verify,
    List<FileId> free) {
  private static final int EPOCH_BITS = 32;

  public Orders {
    copies = List.copyOf(copies);
    verify = List.copyOf(verify);
    free = List.copyOf(free);
  }

  /** Of the master whose orders these are; a lower one than was seen before is not obeyed. */
  public long epoch() {
    return epochOf(revision);
  }

  /** The epoch with which a revision, or the id of a copy, begins. */
  public static long epochOf(long number) {
    return number >>> EPOCH_BITS;
  }

  /**
   * A number that begins with an epoch.
   *
   * @param count within the epoch, from 1 on; 0: lower than all of them
   */
  public static long number(long epoch, long count) {
    return epoch << EPOCH_BITS | count;
  }
}
