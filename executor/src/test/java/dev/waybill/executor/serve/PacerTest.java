package dev.waybill.executor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the pacer on a virtual clock, with a machine that is late at random. */
class PacerTest {
  private static final long SECOND = 1_000_000_000L;

  private record Chunk(long atNanos, int bytes) {}

  private static List<Chunk> run(double rate, long seconds, long maxLateNanos, long seed) {
    Random random = new Random(seed);
    List<Chunk> sent = new ArrayList<>();
    long now = -5 * SECOND;
    long end = now + seconds * SECOND;
    Pacer pacer = new Pacer(rate, now);
    int next = pacer.chunkBytes(1 << 18);
    while (now < end) {
      int bytes = next;
      long wait = Math.max(0, pacer.waitNanos(now, bytes));
      if (wait > 0) {
        now += wait + (maxLateNanos == 0 ? 0 : (long) (random.nextDouble() * maxLateNanos));
        continue;
      }
      next = pacer.chunkBytes(random.nextBoolean() ? 1 << 18 : Integer.MAX_VALUE / 2);
      pacer.sent(now, bytes);
      sent.add(new Chunk(now, bytes));
    }
    return sent;
  }

  private static double mostInASecond(List<Chunk> sent) {
    double most = 0;
    double window = 0;
    int first = 0;
    for (Chunk c : sent) {
      window += c.bytes();
      while (sent.get(first).atNanos() <= c.atNanos() - SECOND) {
        window -= sent.get(first++).bytes();
      }
      most = Math.max(most, window);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({
    "250000, 0, 1",
    "1000000, 2000000, 2",
    "12500000, 100000, 3",
    "12500000, 8000000, 4",
    "12500000, 60000000, 5",
    "125000000, 1000000, 6",
    "125000000, 300000000, 7"
  })
  void noSecondSeesMoreThanFivePercentAboveTheRate(double rate, long maxLateNanos, long seed) {
    List<Chunk> sent = run(rate, 20, maxLateNanos, seed);
    assertThat(mostInASecond(sent)).as("seed %d", seed).isLessThanOrEqualTo(1.05 * rate);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 0, 1",
    "12500000, 100000, 2",
    "12500000, 8000000, 3",
    "12500000, 60000000, 4",
    "125000000, 30000000, 5"
  })
  void aMachineThatIsLateLosesNothing(double rate, long maxLateNanos, long seed) {
    double bytes = run(rate, 20, maxLateNanos, seed).stream().mapToLong(Chunk::bytes).sum();
    assertThat(bytes / 20).as("seed %d", seed).isCloseTo(1.003 * rate, within(0.012 * rate));
  }
}
