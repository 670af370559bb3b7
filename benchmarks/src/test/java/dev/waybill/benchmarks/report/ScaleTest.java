package dev.waybill.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Axes: every value inside, in order, between marks that have a number. */
class ScaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "0 0", "1", "0.3 0.5", "0.01 0.02 3", "0 7 4000", "1e-9 1 1e12"})
  void putsValuesInOrderInside(String text) {
    List<Double> values = java.util.Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
    Scale scale = Scale.of(values, 1e-3, 100, 400);
    double before = 100;
    for (double v : values) {
      assertThat(scale.at(v)).isBetween(before - 1e-9, 400 + 1e-9);
      before = scale.at(v);
    }
    List<Scale.Tick> ticks = scale.ticks();
    assertThat(ticks)
        .hasSizeLessThan(100)
        .isSortedAccordingTo((a, b) -> Double.compare(a.pixel(), b.pixel()));
    assertThat(ticks.stream().filter(Scale.Tick::major)).hasSizeBetween(2, 10);
    assertThat(ticks).allMatch(t -> t.pixel() >= 100 - 1e-9 && t.pixel() <= 400 + 1e-9);
  }

  @Test
  void putsWhatDiffersByRoundingAtTheSamePlace() {
    double almost = 0.1 - 1e-11;
    Scale scale = Scale.of(List.of(almost, 0.1, 20.0), 1e-3, 100, 400);
    assertThat(scale.at(almost)).isCloseTo(scale.at(0.1), within(0.1));
  }
}
