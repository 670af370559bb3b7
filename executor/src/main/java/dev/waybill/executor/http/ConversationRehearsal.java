package dev.waybill.executor.http;

import dev.waybill.executor.agent.AgentEffect;
import dev.waybill.executor.agent.AgentEvent;
import dev.waybill.executor.agent.AgentState;
import dev.waybill.executor.store.StoredFile;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.CopyPace;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import dev.waybill.model.protocol.ManifestPage;
import dev.waybill.model.protocol.Orders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/**
 * What the executor says to a master and hears from it while a file grows and arrives, rehearsed at
 * its start with a core of its own: reports, orders and manifests, every message written and read.
 * Nothing is sent.
 */
final class ConversationRehearsal {
  static final FileId FILE = new FileId("rehearsal", 2);
  private static final String PEER = "127.0.0.1:9";
  private static final int ROUNDS = 250;

  /** Every so many rounds some more checksums are learned, which is written to disk. */
  private static final int LEARNING = 10;

  private static final Checksum CHECKSUM = Checksum.of(ByteBuffer.allocate(1));

  private final AgentState core = new AgentState("rehearsal", "rehearsal", PEER);
  private final StoredFile file;
  private long now;

  private ConversationRehearsal(StoredFile file) {
    this.file = file;
  }

  /**
   * Talks for a few hundred rounds.
   *
   * @param file a version without blocks that is of no use to anybody
   */
  static void run(StoredFile file) throws IOException {
    new ConversationRehearsal(file).talk();
  }

  private void talk() throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      now += 100;
      hear(new AgentEvent.OrdersCame(Messages.throughJson(orders(round))));
      if (round % LEARNING == 0) {
        int from = round - LEARNING;
        List<Checksum> checksums = Collections.nCopies(LEARNING, CHECKSUM);
        file.learn(
            Messages.throughJson(new ManifestPage(FILE, file.blockSize(), from, checksums, null)));
        hear(new AgentEvent.ManifestStored(FILE, file.knownBlocks(), null));
      }
      hear(new AgentEvent.BlocksHeld(FILE, BlockSet.of(round - 1, round - 1)));
      CopyPace pace = new CopyPace(0, 0, 0);
      hear(new AgentEvent.CopyEnded(new CopyOutcome.Succeeded(round, pace)));
    }
  }

  private Orders orders(int round) {
    FileInfo info = new FileInfo(FILE, file.blockSize(), round, null, true, false);
    CopyOrder copy = new CopyOrder(round, FILE, "peer", PEER, round - 1, round - 1, 1e6);
    return new Orders(
        round,
        false,
        List.of(copy),
        new FileNews(round - 1L, List.of(info), List.of()),
        List.of(),
        List.of());
  }

  private void hear(AgentEvent event) {
    for (AgentEffect effect : core.apply(now, event)) {
      if (effect instanceof AgentEffect.SendReport r) {
        byte[] unused = Messages.write(r.report());
        core.apply(now, new AgentEvent.ReportAnswered(r.report().sequence(), null));
      }
    }
  }
}
