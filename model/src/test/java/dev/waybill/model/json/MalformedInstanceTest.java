package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedInstanceTest {
  static Stream<MalformedInstances.Spoilt> malformed() {
    return MalformedInstances.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void isRefusedInOneLineThatNamesThePlace(MalformedInstances.Spoilt spoilt) {
    FormatException e = refusal(spoilt.text().getBytes(StandardCharsets.UTF_8));
    assertThat(e.pointer()).as(e.getMessage()).isEqualTo(spoilt.pointer());
    String place = spoilt.pointer().isEmpty() ? "/" : spoilt.pointer();
    assertThat(e.getMessage()).startsWith("it: " + place + ": ").hasSizeLessThan(600);
    assertThat(e.getMessage().lines()).hasSize(1);
  }

  @Test
  void isRefusedWhereverItBreaksOff() {
    String whole = Documents.INSTANCE.strip();
    for (int length = 0; length < whole.length(); length++) {
      refusal(whole.substring(0, length).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void isRefusedWhereverItsGzipBreaksOff() {
    byte[] whole = Documents.gzipped(Documents.INSTANCE);
    for (int length = 0; length < whole.length; length++) {
      refusal(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void isRefusedWhereSomethingFollowsItsGzip() {
    byte[] whole = Documents.gzipped(Documents.INSTANCE);
    byte[] longer = Arrays.copyOf(whole, whole.length + 3);
    assertThat(refusal(longer)).hasMessageContaining("something follows");
  }

  @Test
  void isRefusedWhereItsGzipIsCorrupt() {
    byte[] bytes = Documents.gzipped(Documents.INSTANCE);
    bytes[bytes.length - 6] ^= 1;
    assertThat(refusal(bytes)).hasMessageContaining("gzip");
  }

  @Test
  void isRefusedWhereItIsNotUtf8() {
    byte[] bytes =
        Documents.INSTANCE.replace("every", "\u00e4very").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(bytes)).hasMessageContaining("not UTF-8");
  }

  @Test
  void isQuotedPrintablyAndInPart() {
    String name = "\u001b[31m\u2028\u202e" + "x".repeat(100_000);
    String text = Documents.INSTANCE.replace("\"small\"", "\"" + escaped(name) + "\"");
    FormatException e = refusal(text.getBytes(StandardCharsets.UTF_8));
    assertThat(e.getMessage()).contains("\\u001b[31m\\u2028\\u202exxx").hasSizeLessThan(200);
  }

  private static String escaped(String text) {
    return text.replace("\u001b", "\\u001b");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void isNeverMoreThanRefusedWhateverIsSpoilt(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = Documents.INSTANCE.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(InstanceFormat.read(new ByteArrayInputStream(bytes), "it")).isNotNull();
      } catch (FormatException e) {
        assertThat(e.getMessage()).startsWith("it: /");
      }
    }
  }

  private static FormatException refusal(byte[] bytes) {
    FormatException e =
        catchThrowableOfType(
            FormatException.class,
            () -> InstanceFormat.read(new ByteArrayInputStream(bytes), "it"));
    assertThat(e).as(() -> new String(bytes, StandardCharsets.UTF_8)).isNotNull();
    return e;
  }
}
