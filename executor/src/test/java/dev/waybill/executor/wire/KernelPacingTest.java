package dev.waybill.executor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel does with a real connection. */
@EnabledOnOs(OS.LINUX)
class KernelPacingTest {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CONGESTION = 13;

  static {
    Native.register(KernelPacingTest.class, Platform.C_LIBRARY_NAME);
  }

  private SocketChannel sender;
  private SocketChannel receiver;

  private static native int getsockopt(
      int socket, int level, int name, byte[] value, IntByReference bytes);

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      sender = SocketChannel.open(listening.getLocalAddress());
      receiver = listening.accept();
    }
  }

  @AfterEach
  void close() throws IOException {
    sender.close();
    receiver.close();
  }

  @Test
  void whatIsWrittenAtOnceArrivesAtThePace() throws Exception {
    KernelPacing.limit(sender, 8e6);
    assertThat(secondsFor(4_000_000)).isGreaterThan(0.4);
  }

  @Test
  void aPaceThatTheOptionCannotSayIsNoLimit() throws Exception {
    KernelPacing.limit(sender, 1e12);
    assertThat(secondsFor(4_000_000)).isLessThan(30);
  }

  @Test
  void whatIsPacedDoesNotStopToMeasure() throws Exception {
    assumeTrue(sysctl("tcp_allowed_congestion_control").contains("cubic"));
    KernelPacing.limit(sender, 8e6);
    assertThat(congestionControl()).isEqualTo("cubic");
  }

  @Test
  void theHostsOwnCongestionControlComesBack() throws Exception {
    KernelPacing.limit(sender, 8e6);
    KernelPacing.leave(sender);
    assertThat(congestionControl()).isEqualTo(sysctl("tcp_congestion_control").get(0));
  }

  private double secondsFor(int bytes) throws Exception {
    long start = System.nanoTime();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                ByteBuffer all = ByteBuffer.allocate(bytes);
                while (all.hasRemaining()) {
                  sender.write(all);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (int got = 0; got < bytes; buffer.clear()) {
      int n = receiver.read(buffer);
      assertThat(n).isPositive();
      got += n;
    }
    writing.get();
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<String> sysctl(String name) throws IOException {
    return List.of(Files.readString(Path.of("/proc/sys/net/ipv4", name)).strip().split(" "));
  }

  private String congestionControl() {
    byte[] name = new byte[16];
    IntByReference length = new IntByReference(name.length);
    int socket = KernelPacing.descriptorOf(sender);
    assertThat(getsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, name, length)).isZero();
    return new String(name, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
  }
}
