package dev.waybill.runtime.identity;

import dev.waybill.model.json.OneLine;
import dev.waybill.model.protocol.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a secured server says of peers that it turned away: one line for each address and reason,
 * again after a minute at the soonest, and no more than twenty in a minute, whatever scans it.
 * Thread-safe.
 */
public final class RefusalLog {
  private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_LINES = 20;
  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(15);
  private static final int MOST_REMEMBERED = 50;

  /** Of one address: whoever asks for something else each time is known by then. */
  private static final int MOST_REASONS = 10;

  private static final int MOST_CHARACTERS = 300;

  private final Supplier<Logger> log;
  private final LongSupplier nanoTime;
  private final Map<String, Long> said = new LinkedHashMap<>();

  /** Whom it has turned away of late, the longest ago first. */
  private final Map<String, Refused> remembered = new LinkedHashMap<>();

  private long unsaid;
  private long begunNanos;
  private int lines;

  /**
   * @param server whose log it is in, which is begun once there is something to say: that takes a
   *     client longer than all it does
   */
  public RefusalLog(Class<?> server) {
    this(() -> LoggerFactory.getLogger(server), System::nanoTime);
  }

  RefusalLog(Supplier<Logger> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.begunNanos = nanoTime.getAsLong();
  }

  /**
   * @param address of the peer, without its port, which is another one each time
   * @param reason for people
   */
  public synchronized void refused(String address, String reason) {
    long now = nanoTime.getAsLong();
    // A peer has a say in it, and is not to have it in more lines than one.
    String line = OneLine.of(reason, MOST_CHARACTERS);
    if (now - begunNanos > AGAIN_NANOS) {
      begunNanos = now;
      lines = 0;
      said.values().removeIf(since -> now - since > AGAIN_NANOS);
    }
    String what = address + " is refused: " + line;
    // Times of day in a reason make it no other reason.
    String key = what.replaceAll("; here it is .*", "");
    forget(now);
    if (!remembered.containsKey(key) && reasonsOf(address) >= MOST_REASONS) {
      unsaid++;
      return;
    }
    remember(key, address, line, now);
    if (said.containsKey(key)) {
      return;
    }
    if (lines >= MOST_LINES) {
      unsaid++;
      return;
    }
    lines++;
    said.put(key, now);
    if (unsaid > 0) {
      log.get().warn("{} more refusals in the last minutes are not logged", unsaid);
      unsaid = 0;
    }
    log.get().warn("{}", what);
  }

  private long reasonsOf(String address) {
    return remembered.values().stream().filter(r -> r.address.equals(address)).count();
  }

  private void remember(String key, String address, String reason, long now) {
    Refused before = remembered.remove(key);
    remembered.put(key, new Refused(address, reason, before == null ? 1 : before.count + 1, now));
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }

  private void forget(long now) {
    remembered.values().removeIf(r -> now - r.nanos > REMEMBERED_NANOS);
  }

  /** Whom it has turned away in the last quarter of an hour, the last one first. */
  public synchronized List<Status.Refused> recent() {
    long now = nanoTime.getAsLong();
    forget(now);
    List<Status.Refused> recent = new ArrayList<>();
    for (Refused r : remembered.values()) {
      double ago = (now - r.nanos) / 1e9;
      recent.add(0, new Status.Refused(r.address, r.reason, r.count, ago));
    }
    return recent;
  }

  private record Refused(String address, String reason, long count, long nanos) {}
}
