package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.Publication;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.List;

/**
 * What the generator does once for nothing while it is busy with its options and waits for the
 * master's first answers: a JVM takes a tenth of a second for its first message and its first
 * checksum each, and every host would wait for them.
 */
public final class Rehearsal {
  private static final FileId FILE = new FileId("rehearsal", 1);
  private static final int HASHED_BYTES = 128 << 10;
  private static final int ROUNDS = 8;

  private Rehearsal() {}

  /** Begins on a thread of its own; nobody needs to wait for its end. */
  public static void begin() {
    Thread thread = new Thread(Rehearsal::run, "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    Publication publication =
        new Publication(
            FILE,
            1,
            0,
            null,
            false,
            List.of(new Publication.Origin("host", "127.0.0.1:9", BlockSet.prefix(1))));
    try {
      Publication unusedCopy = Messages.throughJson(publication);
      MessageDigest digest = Checksum.newDigest();
      byte[] bytes = new byte[HASHED_BYTES];
      for (int i = 0; i < ROUNDS; i++) {
        digest.update(bytes);
        Checksum checksum = Checksum.of(digest);
        byte[] unused =
            Messages.write(new AnnounceBlocks(FILE, i, List.of(checksum), (long) bytes.length));
      }
      SocketChannel.open().close();
    } catch (IOException e) {
      throw new IllegalStateException("a rehearsal that needs nothing outside", e);
    }
  }
}
