package dev.waybill.executor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockSizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 262144",
    "268435456, 262144",
    "268435457, 262144",
    "300000000, 524288",
    "1073741824, 1048576",
    "1073742848, 2097152",
    "17179869184, 16777216",
    "9223372036854775807, 16777216"
  })
  void areAPowerOfTwoNearAThousandthOfTheFile(long size, long blockSize) {
    assertThat(BlockSizes.defaultFor(OptionalLong.of(size))).isEqualTo(blockSize);
  }

  @Test
  void areAMebibyteWhereTheSizeIsUnknown() {
    assertThat(BlockSizes.defaultFor(OptionalLong.empty())).isEqualTo(1 << 20);
  }
}
