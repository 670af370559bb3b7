package dev.waybill.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {
  @Test
  void isTheSha256OfTheStandard() {
    ByteBuffer abc = ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(Checksum.of(abc))
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(abc.hasRemaining()).isFalse();
  }

  @Test
  void refusesWhatIsNoSha256() {
    assertThatThrownBy(() -> new Checksum("00")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checksum("G".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checksum("A".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
