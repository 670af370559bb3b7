package dev.waybill.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileIdTest {
  @Test
  void isWrittenAsNameAndVersion() {
    FileId id = FileId.parse("maps/eu.bin@12");
    assertThat(id).isEqualTo(new FileId("maps/eu.bin", 12)).hasToString("maps/eu.bin@12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", "@1", "x@", "x@-1", "x@1.0", "/x@1", "../x@1", "a//b@1", "a@b@1", "a b@1"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> FileId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ordersByNameAndThenByVersionAsANumber() {
    assertThat(new FileId("a", 9)).isLessThan(new FileId("a", 10));
    assertThat(new FileId("a", 10)).isLessThan(new FileId("b", 1));
  }
}
