package dev.waybill.model.protocol;

import java.util.List;

/**
 * Part of the protocol: everything that a host is to do now, in answer to its report. Complete, not
 * a difference: what is not in it any more is to be ended.
 *
 * @param revision rises with every change, also across restarts of the master
 * @param resync whether the master lacks this host's state, so that the next report has to be
 *     complete
 * @param copies what to fetch, the most urgent first
 * @param files the file versions that concern the host
 * @param verify blocks that others have blamed this host for: to be read and hashed again, and
 *     given up where they differ
 */
public record Orders(
    long revision,
    boolean resync,
    List<CopyOrder> copies,
    List<FileInfo> files,
    List<BlockRef> verify) {
  public Orders {
    copies = List.copyOf(copies);
    files = List.copyOf(files);
    verify = List.copyOf(verify);
  }
}
