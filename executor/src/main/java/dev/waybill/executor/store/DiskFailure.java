package dev.waybill.executor.store;

import dev.waybill.runtime.cli.CommandLine;
import java.io.IOException;

/**
 * What the block store throws where this host's own disk fails: told apart from a peer's failure.
 */
public final class DiskFailure extends IOException {
  public DiskFailure(String line) {
    super(line);
  }

  DiskFailure(String what, IOException cause) {
    super(what + ": " + CommandLine.lineOf(cause), cause);
  }
}
