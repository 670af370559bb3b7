package dev.waybill.planner.indexed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeStepsTest {
  private static final double CAPACITY = 10;
  private static final double FINE = 1e-4;

  /** Loads of copies that begin and end at whole tenths, also more together than there is. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsCarriedIsTheSumOfWhatIsLeftAtEachMoment(long seed) {
    Random random = new Random(seed);
    List<double[]> copies = new ArrayList<>();
    List<double[]> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double start = random.nextInt(20) / 10.0;
      double end = start + (1 + random.nextInt(20)) / 10.0;
      double rate = 1 + random.nextInt(6);
      copies.add(new double[] {start, end, rate});
      changes.add(new double[] {start, rate});
      changes.add(new double[] {end, -rate});
    }
    FreeSteps free = new FreeSteps(CAPACITY, changes);
    double carried = 0;
    double overloaded = 0;
    for (int i = 0; i < 50_000; i++) {
      double now = (i + 0.5) * FINE;
      double load =
          copies.stream().filter(c -> c[0] <= now && now < c[1]).mapToDouble(c -> c[2]).sum();
      assertThat(free.rate(now)).as("at %f", now).isEqualTo(Math.max(0, CAPACITY - load));
      carried += Math.max(0, CAPACITY - load) * FINE;
      overloaded += load > CAPACITY ? FINE : 0;
      if (i % 1000 == 999) {
        assertThat(free.carried((i + 1) * FINE)).isCloseTo(carried, within(1e-6));
      }
    }
    assertThat(free.overloadedSeconds(0, 5)).isCloseTo(overloaded, within(1e-6));
    assertThat(free.end()).isEqualTo(copies.stream().mapToDouble(c -> c[1]).max().orElseThrow());
  }
}
