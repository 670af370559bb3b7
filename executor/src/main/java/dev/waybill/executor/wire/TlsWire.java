package dev.waybill.executor.wire;

import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.TlsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * A wire of the data plane in TLS 1.3. What comes in is decrypted straight into the reader's
 * buffer, all records that one read of the socket has brought; what goes out is encrypted several
 * records at a time and handed to the socket in one write. The buffers are on the heap, where the
 * ciphers work, and grow with what goes through them: most wires carry much in one direction only.
 */
final class TlsWire implements Wire {
  private static final int RECORD_BYTES = 16 << 10;
  private static final int MOST_IN_BYTES = 256 << 10;
  private static final int OUT_RECORDS = 4;
  private static final int FAREWELL_MILLIS = 1000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final PlainWire under;
  private final SSLEngine engine;
  private final Credentials credentials;
  private final Object outLock = new Object();
  private final int packetBytes;
  private final int recordBytes;

  /** Read from the socket and not decrypted yet; flipped for reading. Of the reading thread. */
  private ByteBuffer in;

  /** Of one record, for a reader without room for it; flipped for reading. */
  private @Nullable ByteBuffer spill;

  /** Encrypted and not written yet; flipped for writing. Guarded by outLock. */
  private ByteBuffer out;

  private @Nullable ByteBuffer fromFile;
  private boolean ended;
  private volatile @Nullable Peer peer;

  TlsWire(PlainWire under, SSLEngine engine, Credentials credentials) {
    this.under = under;
    this.engine = engine;
    this.credentials = credentials;
    this.packetBytes = engine.getSession().getPacketBufferSize();
    this.recordBytes = engine.getSession().getApplicationBufferSize();
    this.in = ByteBuffer.allocate(packetBytes).limit(0);
    this.out = ByteBuffer.allocate(packetBytes);
  }

  @Override
  public Peer peer() throws IOException {
    Peer known = peer;
    return known == null ? proven() : known;
  }

  private synchronized Peer proven() throws IOException {
    Peer known = peer;
    if (known != null) {
      return known;
    }
    try {
      engine.beginHandshake();
      handshake();
      known = new Peer.Known(credentials.identityOf(engine.getSession()));
      peer = known;
      return known;
    } catch (EOFException e) {
      throw new TlsFailure("it broke off the handshake", e);
    } catch (IOException e) {
      farewell();
      throw credentials.failure(e);
    }
  }

  private void handshake() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> wrap(NOTHING, true);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (unwrap(ByteBuffer.allocate(recordBytes)) < 0) {
            throw new EOFException("no handshake");
          }
        }
        case NEED_TASK -> tasks();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void tasks() {
    for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
      task.run();
    }
  }

  /** Lets the peer have the alert that says why, before the connection is reset under it. */
  private void farewell() {
    try {
      engine.closeOutbound();
      while (!engine.isOutboundDone()) {
        if (wrap(NOTHING, true) == Status.CLOSED) {
          break;
        }
      }
      under.finish();
      under.patience(FAREWELL_MILLIS);
      ByteBuffer rest = ByteBuffer.allocate(RECORD_BYTES);
      for (int n = 0; n < MOST_IN_BYTES && under.read(rest.clear()) > 0; ) {
        n += rest.position();
      }
    } catch (IOException e) {
      // It has gone already.
    }
  }

  /**
   * Decrypts at least one record into a buffer with room for it.
   *
   * @return how many bytes; 0 where the record was not of the peer's data, -1 at the end
   */
  private int unwrap(ByteBuffer into) throws IOException {
    while (true) {
      SSLEngineResult result = engine.unwrap(in, into);
      switch (result.getStatus()) {
        case OK -> {
          return result.bytesProduced();
        }
        case BUFFER_UNDERFLOW -> {
          if (!more()) {
            return -1;
          }
        }
        case CLOSED -> {
          return -1;
        }
        case BUFFER_OVERFLOW ->
            throw new IllegalStateException("a record of more than " + into.remaining());
      }
    }
  }

  /**
   * Reads from the socket, into a larger buffer where the last read filled it.
   *
   * @return false at the end
   */
  private boolean more() throws IOException {
    boolean full = in.limit() == in.capacity();
    if (full && in.capacity() < MOST_IN_BYTES) {
      int grown = Math.min(MOST_IN_BYTES, 2 * in.capacity());
      in = ByteBuffer.allocate(grown).put(in);
    } else {
      in.compact();
    }
    int n;
    try {
      n = under.read(in);
    } finally {
      in.flip();
    }
    if (n < 0 && !engine.isInboundDone()) {
      // What an attacker has cut off must not look like the end.
      throw new EOFException("the connection ended without a word");
    }
    return n >= 0;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      peer();
      int before = into.position();
      if (!into.hasRemaining()) {
        return 0;
      }
      do {
        fill(into);
      } while (into.position() == before && !ended);
      int n = into.position() - before;
      return n == 0 ? -1 : n;
    } catch (IOException e) {
      throw credentials.failure(e);
    }
  }

  /** Decrypts what is there; waits for more only where there is nothing at all. */
  private void fill(ByteBuffer into) throws IOException {
    if (spill != null && spill.hasRemaining()) {
      drain(spill, into);
      return;
    }
    boolean waits = true;
    while (!ended && (waits || holdsRecord())) {
      waits = false;
      int n;
      if (into.remaining() >= recordBytes) {
        n = unwrap(into);
      } else if (into.hasRemaining()) {
        spill = Objects.requireNonNullElseGet(spill, () -> ByteBuffer.allocate(recordBytes));
        n = unwrap(spill.clear());
        drain(spill.flip(), into);
      } else {
        return;
      }
      ended = n < 0;
      afterRecord();
    }
  }

  private static void drain(ByteBuffer from, ByteBuffer into) {
    int n = Math.min(from.remaining(), into.remaining());
    into.put(into.position(), from, from.position(), n);
    into.position(into.position() + n);
    from.position(from.position() + n);
  }

  /**
   * Whether a whole record has been read from the socket: a head of 5 bytes says how long it is.
   */
  private boolean holdsRecord() {
    return in.remaining() >= 5 && in.remaining() >= 5 + (in.getShort(in.position() + 3) & 0xffff);
  }

  /** Keys are changed now and then, which takes an answer. */
  private void afterRecord() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      tasks();
      status = engine.getHandshakeStatus();
    }
    if (status == HandshakeStatus.NEED_WRAP && !ended) {
      wrap(NOTHING, true);
    }
  }

  /**
   * Encrypts from {@code bytes} what one record holds.
   *
   * @param flush whether it has to go out now
   */
  private Status wrap(ByteBuffer bytes, boolean flush) throws IOException {
    synchronized (outLock) {
      if (out.remaining() < packetBytes) {
        flush();
      }
      SSLEngineResult result = engine.wrap(bytes, out);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        throw new IllegalStateException("a record of more than " + packetBytes + " bytes");
      }
      if (flush) {
        flush();
      }
      return result.getStatus();
    }
  }

  private void flush() throws IOException {
    under.write(out.flip());
    out.clear();
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    try {
      peer();
      synchronized (outLock) {
        if (bytes.remaining() > RECORD_BYTES && out.capacity() < OUT_RECORDS * packetBytes) {
          out = ByteBuffer.allocate(OUT_RECORDS * packetBytes);
        }
        while (bytes.hasRemaining()) {
          if (wrap(bytes, false) == Status.CLOSED) {
            throw new IOException("the connection has ended");
          }
        }
        flush();
      }
    } catch (IOException e) {
      throw credentials.failure(e);
    }
  }

  @Override
  public void send(FileChannel file, long position, int count) throws IOException {
    ByteBuffer chunk = fromFile;
    if (chunk == null) {
      chunk = ByteBuffer.allocate(OUT_RECORDS * RECORD_BYTES);
      fromFile = chunk;
    }
    for (int done = 0; done < count; ) {
      chunk.clear().limit(Math.min(chunk.capacity(), count - done));
      while (chunk.hasRemaining()) {
        if (file.read(chunk, position + done + chunk.position()) < 0) {
          throw new EOFException("the file ends at " + (position + done + chunk.position()));
        }
      }
      done += chunk.position();
      write(chunk.flip());
    }
  }

  @Override
  public int receiveBuffer() throws IOException {
    return under.receiveBuffer();
  }

  @Override
  public void pace(double bytesPerSecond) {
    under.pace(bytesPerSecond);
  }

  @Override
  public void contend() {
    under.contend();
  }

  @Override
  public void patience(long millis) {
    under.patience(millis);
  }

  @Override
  public void within(long millis) {
    under.within(millis);
  }

  @Override
  public void withoutHaste() {
    under.withoutHaste();
  }

  @Override
  public void whenStuck(long millis, Runnable told) {
    under.whenStuck(millis, told);
  }

  @Override
  public void finish() throws IOException {
    synchronized (outLock) {
      engine.closeOutbound();
      wrap(NOTHING, true);
      under.finish();
    }
  }

  /** At once, whatever another thread does with it. */
  @Override
  public void close() {
    under.close();
  }
}
