package dev.waybill.executor.transfer;

import dev.waybill.executor.wire.WireInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One connection of a copy on the receiving side of the data plane: one request, one stream, one
 * thread, every so many-th block.
 */
final class Lane {
  /** A sender says once a second that it waits. */
  private static final int MOST_WORDS_A_SECOND = 5;

  private static final int MOST_WORDS_AT_ONCE = 20;

  /** After every block. */
  static final int NOTHING = Integer.MAX_VALUE;

  /** A sender that is so many times slower than its rate is given up. */
  private static final double SLOWEST = 50;

  private static final double GATHER_BYTES = 128 << 10;

  /**
   * So much of the kernel's buffer for what comes in may gather: half of it is overhead, and the
   * sender is not to come to the end of the other half.
   */
  private static final double GATHER_SHARE = 0.25;

  private static final double SLOW_START_SECONDS = 2;
  private static final double SMOOTHING = 0.1;
  private static final double BEHIND = 1.01;
  private static final double LEAST_GATHER_SECONDS = 0.001;
  private static final double MOST_GATHER_SECONDS = 0.02;

  /** For a stream that is behind, as long as that brings it something. */
  private static final double SHORT_GATHER_SECONDS = 0.004;

  private static final double SHORT_GATHER_BYTES = 16 << 10;

  private final Lanes.Copy copy;
  private final Lanes lanes;
  private final int stride;
  private final PeerStream stream = new PeerStream();
  private volatile int waitsFor = NOTHING;
  private int words;
  private long wordsSinceNanos = System.nanoTime();
  private volatile int next;
  private volatile int begun;
  private final CarriedShare carried = new CarriedShare(SLOW_START_SECONDS);

  /** How long blocks have taken of late, 1 where they come at the rate. */
  private double slowness = 1;

  /**
   * @param first its first block
   * @param stride from one of its blocks to the next
   */
  Lane(Lanes.Copy copy, Lanes lanes, int first, int stride) {
    this.copy = copy;
    this.lanes = lanes;
    this.next = first;
    this.begun = first - 1;
    this.stride = stride;
  }

  /** The block that it waits for or is getting. */
  int next() {
    return next;
  }

  /** The last block of which it has got or is getting something, or one before all of its own. */
  int begun() {
    return begun;
  }

  void close() {
    stream.close();
  }

  /** Brings its blocks up to {@code last}, or as far as the lanes want them. */
  void run(int last) throws IOException {
    if (next > last) {
      return;
    }
    ByteBuffer buffer = copy.buffers().take();
    try (stream) {
      WireInput in =
          stream.get(
              copy.wires(),
              copy.order().from(),
              copy.order().address(),
              request(last),
              copy.stallMillis(),
              buffer);
      in.gather(this::gatherNanos);
      receive(in, last);
    } finally {
      waitsFor(NOTHING);
      copy.buffers().giveBack(buffer);
    }
  }

  private void receive(WireInput in, int last) throws IOException {
    BlockIntake intake = new BlockIntake(copy.file(), copy.listener(), copy.abandoned());
    while (lanes.wants(next) || next > last) {
      Frame frame = Frame.read(in);
      heard(frame);
      if (frame instanceof Frame.Refused r) {
        throw new PeerStream.Refused(r.reason());
      }
      if (frame instanceof Frame.End) {
        if (next <= last) {
          throw new EOFException("the sender ended before block " + next);
        }
        return;
      }
      if (frame instanceof Frame.Block b) {
        if (b.index() != next || next > last) {
          throw new StreamCorruptedException(
              "block " + b.index() + " instead of " + (next > last ? "the end" : "" + next));
        }
        if (!lanes.wants(next)) {
          return;
        }
        begun = next;
        long since = System.nanoTime();
        in.within(patienceNanos(b));
        take(intake, b, in);
        in.withoutHaste();
        copy.took().run();
        next = b.index() + stride;
        carried(b.length(), (System.nanoTime() - since) / 1e9);
      }
    }
  }

  /**
   * Words alone are no stream: who does nothing but say that it waits is not let go on for ever.
   */
  private void heard(Frame frame) throws StreamCorruptedException {
    if (!(frame instanceof Frame.Waiting)) {
      waitsFor(NOTHING);
      // What is done with a block takes its time, and words that come meanwhile are read at once.
      words = 0;
      wordsSinceNanos = System.nanoTime();
      return;
    }
    words++;
    waitsFor(next);
    double seconds = (System.nanoTime() - wordsSinceNanos) / 1e9;
    if (words > MOST_WORDS_AT_ONCE && words > MOST_WORDS_A_SECOND * seconds) {
      throw new StreamCorruptedException("it says again and again that it waits");
    }
  }

  private void waitsFor(int block) {
    if (waitsFor != block) {
      waitsFor = block;
      lanes.tellWaits();
    }
  }

  /** The block that its sender says it waits for; {@link #NOTHING} where it sends. */
  int waitsFor() {
    return waitsFor;
  }

  private void carried(int length, double seconds) {
    double due = length / lanes.laneRate();
    slowness += SMOOTHING * (seconds / due - slowness);
    carried.add(due, seconds).ifPresent(lanes::carried);
  }

  /** How long a block may take whose first byte is there. */
  private long patienceNanos(Frame.Block block) {
    double seconds = copy.stallMillis() / 1e3 + SLOWEST * block.length() / lanes.laneRate();
    return (long) Math.min(Long.MAX_VALUE / 4.0, seconds * 1e9);
  }

  /**
   * How long so many bytes take to arrive that reading them is worth waking up. What has been read
   * is what the kernel acknowledges: a stream that is behind can't wait long for that, since
   * congestion control takes it for a longer way and has no more under way than fits a short one.
   */
  private long gatherNanos() throws IOException {
    double bytes = Math.min(GATHER_BYTES, GATHER_SHARE * stream.receiveBuffer());
    double rate = lanes.laneRate();
    double few = Math.max(SHORT_GATHER_SECONDS, SHORT_GATHER_BYTES / rate);
    double most = slowness > BEHIND ? Math.min(few, MOST_GATHER_SECONDS) : MOST_GATHER_SECONDS;
    double seconds = Math.min(most, bytes / rate);
    return seconds < LEAST_GATHER_SECONDS ? 0 : (long) (seconds * 1e9);
  }

  private void take(BlockIntake intake, Frame.Block b, WireInput in) throws IOException {
    switch (intake.take(b, in)) {
      case STORED, HELD_ALREADY -> {}
      case DIFFERS ->
          throw new WrongBlock(
              b.index(),
              "block %d of %s from %s differs from its checksum"
                  .formatted(b.index(), copy.file().id(), copy.order().from()));
      case NO_CHECKSUM -> throw new NoChecksum(intake.whyNoChecksum(b.index()));
    }
  }

  private String request(int last) {
    return "/v1/blocks?file=%s&first=%d&last=%d&stride=%d&rate=%s&copy=%d"
        .formatted(
            URLEncoder.encode(copy.file().id().toString(), StandardCharsets.UTF_8),
            next,
            last,
            stride,
            Double.toString(lanes.laneRate()),
            copy.order().id());
  }

  /** The sender sent something else than the manifest says. */
  static final class WrongBlock extends IOException {
    private final int block;

    WrongBlock(int block, String line) {
      super(line);
      this.block = block;
    }

    int block() {
      return block;
    }
  }

  /** What the sender sent can't be told right from wrong. */
  static final class NoChecksum extends IOException {
    NoChecksum(String line) {
      super(line);
    }
  }
}
