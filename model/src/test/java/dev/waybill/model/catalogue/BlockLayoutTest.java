package dev.waybill.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlockLayoutTest {
  @Test
  void lastBlockMayBeShorter() {
    BlockLayout layout = new BlockLayout(25, 10);
    assertThat(layout.blockCount()).isEqualTo(3);
    assertThat(layout.length(0)).isEqualTo(10);
    assertThat(layout.length(2)).isEqualTo(5);
    assertThat(layout.offset(2)).isEqualTo(20);
    assertThat(layout.offset(3)).isEqualTo(25);
    assertThat(layout.span(1, 2)).isEqualTo(15);
  }

  @Test
  void emptyFileHasNoBlocks() {
    assertThat(new BlockLayout(0, 10).blockCount()).isZero();
  }

  @Test
  void goesToTheLimitsOfTheFormat() {
    assertThat(new BlockLayout(Long.MAX_VALUE, Long.MAX_VALUE).blockCount()).isEqualTo(1);
    BlockLayout most = new BlockLayout(Integer.MAX_VALUE * (1L << 32), 1L << 32);
    assertThat(most.blockCount()).isEqualTo(Integer.MAX_VALUE);
    assertThat(most.length(Integer.MAX_VALUE - 1)).isEqualTo(1L << 32);
    assertThatThrownBy(() -> new BlockLayout(1L << 31, 1)).hasMessageContaining("2^31 blocks");
  }

  @Test
  void refusesWhatIsNoSize() {
    assertThatThrownBy(() -> new BlockLayout(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BlockLayout(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
