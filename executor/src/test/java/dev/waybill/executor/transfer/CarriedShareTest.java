package dev.waybill.executor.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriedShareTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.03, 0.87, 1.5, 7})
  void whatComesAtItsRateCarriesAllOfIt(double block) {
    assertThat(shares(block, block)).isNotEmpty().allSatisfy(s -> assertThat(s).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.03, 0.87, 1.5, 7})
  void whatTakesTwiceAsLongCarriesHalf(double block) {
    assertThat(shares(block, 2 * block)).isNotEmpty().allSatisfy(s -> assertThat(s).isEqualTo(0.5));
  }

  @Test
  void whatItCarriesAtFirstDoesNotCount() {
    CarriedShare share = new CarriedShare(1);
    assertThat(share.add(0.1, 1)).isEmpty();
    assertThat(share.add(1, 1)).isEmpty();
    assertThat(share.add(1, 1)).hasValue(1);
  }

  /** For 30 s. */
  private static List<Double> shares(double due, double taken) {
    CarriedShare share = new CarriedShare(1);
    List<Double> shares = new ArrayList<>();
    for (double t = 0; t < 30; t += taken) {
      share.add(due, taken).ifPresent(shares::add);
    }
    return shares;
  }
}
