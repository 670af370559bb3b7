package dev.waybill.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
  @Test
  void sizesArePrintedInBinaryUnits() {
    assertThat(new DataSize(1023)).hasToString("1023 B");
    assertThat(DataSize.mebibytes(256)).hasToString("256.0 MiB");
    assertThat(new DataSize(Long.MAX_VALUE)).hasToString("8.0 EiB");
  }

  @Test
  void sizesAddUpAndRefuseToOverflow() {
    assertThat(new DataSize(2).plus(new DataSize(3))).isEqualTo(new DataSize(5));
    assertThatThrownBy(() -> new DataSize(Long.MAX_VALUE).plus(new DataSize(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new DataSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizeTakesItsTimeAtARate() {
    assertThat(new DataSize(100).secondsAt(new DataRate(8))).isEqualTo(12.5);
    assertThat(new DataSize(100).secondsAt(DataRate.ZERO)).isInfinite();
    assertThat(DataSize.ZERO.secondsAt(DataRate.ZERO)).isZero();
  }

  @Test
  void ratesArePrintedInDecimalUnits() {
    assertThat(new DataRate(12.5e6)).hasToString("12.50 MB/s");
    assertThat(new DataRate(1.25e9)).hasToString("1.25 GB/s");
    assertThat(new DataRate(500)).hasToString("0.5 kB/s");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoRate(double bytesPerSecond) {
    assertThatThrownBy(() -> new DataRate(bytesPerSecond))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void identifiersHaveAtMost1024OfTheAllowedCharacters() {
    assertThat(Identifier.require("it", "aZ9._:@/+#-")).isEqualTo("aZ9._:@/+#-");
    assertThat(Identifier.require("it", "a".repeat(1024))).hasSize(1024);
    for (String bad : new String[] {"", "a b", "ä", "a\n", "a".repeat(1025)}) {
      assertThatThrownBy(() -> Identifier.require("it", bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("it is not an identifier");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a/", "a//b", ".", "..", "a/../b", "a/.", "a@1"})
  void filesAreRelativePathsWithoutAt(String bad) {
    assertThatThrownBy(() -> Identifier.requireFile("it", bad))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
