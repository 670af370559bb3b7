package dev.waybill.executor.agent;

import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyOutcome.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the core of the executor makes of a copy that has failed (claim 16): which components it
 * suspects. Where the connection is to blame, the way to the sender is suspected beside the sender;
 * and where copies from different senders break at once while nothing arrives, its own interface.
 */
final class Assessment {
  private static final Set<Reason> OF_THE_WAY =
      EnumSet.of(Reason.UNREACHABLE, Reason.BROKEN, Reason.TIMED_OUT);
  private static final long TOGETHER_MILLIS = 3000;

  private final String host;

  /** When a copy from each sender last broke, since anything arrived. */
  private final Map<String, Long> brokenMillis = new LinkedHashMap<>();

  Assessment(String host) {
    this.host = host;
  }

  /** Something has arrived: this host's interface works. */
  void arrived() {
    brokenMillis.clear();
  }

  /** The same failure, with everything that may have caused it. */
  CopyOutcome.Failed of(CopyOutcome.Failed failed, CopyOrder order, long nowMillis) {
    if (!OF_THE_WAY.contains(failed.reason()) || failed.blamed().isEmpty()) {
      return failed;
    }
    brokenMillis.put(order.from(), nowMillis);
    brokenMillis.values().removeIf(t -> nowMillis - t > TOGETHER_MILLIS);
    List<String> blamed = new ArrayList<>(failed.blamed());
    blamed.add("path:" + order.from() + ">" + host);
    if (brokenMillis.size() > 1) {
      blamed.add("interface:" + host);
    }
    return new CopyOutcome.Failed(
        failed.id(), failed.reason(), failed.block(), blamed, failed.detail());
  }
}
