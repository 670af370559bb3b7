package dev.waybill.executor.wire;

import dev.waybill.runtime.identity.Peer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One connection of the data plane between two processes. One thread reads and one writes at a
 * time; each call blocks until it is done, the peer is gone, or nothing has moved for longer than
 * the wire's patience, which is a {@link java.net.SocketTimeoutException}. Any thread may close it.
 */
public interface Wire extends Closeable, WireInput.Source {
  /**
   * Who is at the other end. A secured wire that was accepted finds out at the first call, which
   * blocks as a read does.
   *
   * @throws dev.waybill.runtime.identity.TlsFailure where it does not prove to be anybody
   */
  Peer peer() throws IOException;

  /** Writes all of it. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Writes bytes of a file, without a copy of them in this process where the wire can do without.
   *
   * @throws java.io.EOFException where the file ends before that
   */
  void send(FileChannel file, long position, int count) throws IOException;

  /** Bytes that the kernel keeps for this side to read, their overhead included; it may grow. */
  int receiveBuffer() throws IOException;

  /**
   * Has what is written leave evenly and no faster than this, where the kernel can do that; where
   * it can't, it leaves as it is written.
   */
  void pace(double bytesPerSecond);

  /**
   * Says that what is written does not get through at that pace: from now on the host's own
   * congestion control is to find out what the way carries.
   */
  void contend();

  /** How long one call may wait for the peer. */
  void patience(long millis);

  /**
   * Sets within which time from here on all is to be done that is done, until {@link
   * #withoutHaste}; a call that is under way then is a {@link java.net.SocketTimeoutException}.
   */
  void within(long millis);

  /** Takes {@link #within} back. */
  void withoutHaste();

  /**
   * Has somebody told each time that one call has waited so long again: the peer may have lost its
   * power or its link, which ends no connection.
   *
   * @param told does not block; runs on the thread that watches all wires
   */
  void whenStuck(long millis, Runnable told);

  /** Says that no more is to be written; what is on its way still arrives. */
  void finish() throws IOException;

  @Override
  void close();
}
