package dev.waybill.executor.publish;

import dev.waybill.executor.transfer.Frame;
import dev.waybill.executor.wire.Wire;
import dev.waybill.executor.wire.WireInput;
import dev.waybill.executor.wire.WireRequest;
import dev.waybill.executor.wire.WireServer;
import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.Fed;
import dev.waybill.runtime.http.Answer;
import dev.waybill.runtime.http.HostPort;
import dev.waybill.runtime.http.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The publisher's side of an executor: verifies what it is fed against the catalogue, and keeps it.
 * The catalogue asks it for what it holds with its own lock held, and so it is never asked with
 * this one's.
 */
final class OriginServer implements Closeable {
  private final CatalogueServer catalogue;
  private final Map<FileId, TreeMap<Integer, byte[]>> blocks = new HashMap<>();
  private final List<Integer> fed = new ArrayList<>();
  private final Wires wires = new Wires();
  private WireServer server;
  private int breakAfter = Integer.MAX_VALUE;
  private BlockSet awaited = BlockSet.EMPTY;
  private boolean reports = true;
  private volatile boolean demandsSignatures;

  OriginServer(CatalogueServer catalogue) {
    this.catalogue = catalogue;
  }

  /** From now on it has an address. */
  synchronized OriginServer start() throws IOException {
    server =
        WireServer.start(
            new HostPort("127.0.0.1", 0), wires, Map.of("POST /v1/feed", this::feed), 8);
    return this;
  }

  /** The next request is refused once this many blocks have been stored. */
  synchronized void breakAfter(int count) {
    breakAfter = count;
  }

  /** The catalogue does not hear what it holds. */
  synchronized void reportsNothing() {
    reports = false;
  }

  /** It takes nothing as long as nobody has signed anything. */
  void demandsSignatures() {
    demandsSignatures = true;
  }

  /** It says that copies from it wait for these. */
  synchronized void awaits(BlockSet blocks) {
    awaited = blocks;
  }

  synchronized String address() {
    return server == null ? null : server.address().toString();
  }

  synchronized BlockSet held(FileId file) {
    if (!reports) {
      return BlockSet.EMPTY;
    }
    BitSet bits = new BitSet();
    blocks.getOrDefault(file, new TreeMap<>()).keySet().forEach(bits::set);
    return BlockSet.of(bits);
  }

  synchronized void give(FileId file, int block, byte[] bytes) {
    blocks.computeIfAbsent(file, f -> new TreeMap<>()).put(block, bytes);
  }

  /** Every block that has been stored, in the order in which they came. */
  synchronized List<Integer> fed() {
    return List.copyOf(fed);
  }

  synchronized byte[] content(String file) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    blocks.getOrDefault(FileId.parse(file), new TreeMap<>()).values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private void feed(WireRequest request, WireInput in, Wire out) throws IOException, Refusal {
    FileId file = request.parameter("file", FileId::parse);
    try {
      take(file, in);
      WireServer.answer(out, Answer.json(new Fed(BlockSet.EMPTY, awaited)));
    } catch (Refusal e) {
      in.drain(1 << 24);
      throw e;
    }
  }

  private void take(FileId file, WireInput in) throws IOException, Refusal {
    while (true) {
      Frame frame = Frame.read(in);
      if (frame instanceof Frame.End) {
        return;
      }
      if (frame instanceof Frame.Block b) {
        byte[] bytes = in.readBytes(b.length());
        if (!Checksum.of(ByteBuffer.wrap(bytes)).equals(catalogue.checksum(file, b.index()))) {
          throw new Refusal(409, "the checksum of block " + b.index() + " differs");
        }
        requireSigned(file);
        store(file, b.index(), bytes);
      }
    }
  }

  private void requireSigned(FileId file) throws Refusal {
    if (demandsSignatures && catalogue.announced().stream().allMatch(a -> a.signature() == null)) {
      throw new Refusal(409, "nobody has signed " + file);
    }
  }

  private synchronized void store(FileId file, int block, byte[] bytes) throws Refusal {
    if (breakAfter-- == 0) {
      breakAfter = Integer.MAX_VALUE;
      throw new Refusal(503, "out of order for a moment");
    }
    fed.add(block);
    give(file, block, bytes);
  }

  @Override
  public synchronized void close() throws IOException {
    wires.close();
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
