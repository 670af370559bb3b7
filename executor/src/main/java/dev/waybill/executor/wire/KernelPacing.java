package dev.waybill.executor.wire;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire's way to have Linux space the packets of a connection ({@code SO_MAX_PACING_RATE}, see
 * socket(7)) and to choose its congestion control ({@code TCP_CONGESTION}, see tcp(7)). Java knows
 * neither option nor a socket's descriptor, so that both are reached by other ways; where one of
 * them is closed, nothing is paced here, and the log says so once.
 */
final class KernelPacing {
  private static final Logger log = LoggerFactory.getLogger(KernelPacing.class);
  private static final int SOL_SOCKET = 1;
  private static final int SO_MAX_PACING_RATE = 47;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CONGESTION = 13;

  /** What an unsigned 32-bit rate can't say is no limit. */
  private static final double UNLIMITED = 0xFFFF_FFFFL;

  /**
   * For packets that are paced: it slows down where some are lost, and for no other reason. BBR,
   * which many hosts have chosen, sends next to nothing for a fifth of a second every 10 s, to
   * measure the way's delay.
   */
  private static final String PACED = "cubic";

  private static final Path HOSTS_OWN = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

  /** How to get the descriptor of a channel; null where packets can't be paced here. */
  private static final @Nullable Method DESCRIPTOR = descriptor();

  private KernelPacing() {}

  private static @Nullable Method descriptor() {
    if (!Platform.isLinux()) {
      return null;
    }
    try {
      Native.register(KernelPacing.class, Platform.C_LIBRARY_NAME);
      Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.warn("streams go in bursts, since the kernel can't be asked to pace them: {}", line(e));
      return null;
    }
  }

  private static String line(Throwable e) {
    return e.toString().lines().findFirst().orElse("");
  }

  private static native int setsockopt(int socket, int level, int name, byte[] value, int bytes);

  /** Has the packets of a connection follow each other evenly, and no faster than this. */
  static void limit(SocketChannel channel, double bytesPerSecond) {
    if (bytesPerSecond >= UNLIMITED) {
      return;
    }
    ByteBuffer rate = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
    rate.putInt((int) (long) Math.max(1, bytesPerSecond));
    if (set(channel, SOL_SOCKET, SO_MAX_PACING_RATE, rate.array())) {
      set(channel, IPPROTO_TCP, TCP_CONGESTION, PACED.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Leaves the congestion control of a connection to what the host has chosen. */
  static void leave(SocketChannel channel) {
    try {
      byte[] name = Files.readString(HOSTS_OWN).strip().getBytes(StandardCharsets.US_ASCII);
      set(channel, IPPROTO_TCP, TCP_CONGESTION, name);
    } catch (IOException e) {
      log.debug("this host's congestion control is not known: {}", e.getMessage());
    }
  }

  private static boolean set(SocketChannel channel, int level, int name, byte[] value) {
    int socket = descriptorOf(channel);
    return socket >= 0 && setsockopt(socket, level, name, value, value.length) == 0;
  }

  /** The descriptor of a channel, -1 where it can't be got. */
  static int descriptorOf(SocketChannel channel) {
    if (DESCRIPTOR == null) {
      return -1;
    }
    try {
      return (Integer) DESCRIPTOR.invoke(channel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
