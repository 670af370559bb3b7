package dev.waybill.planner.solve.optaplanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptaPlannerConfigTest {
  private static final Path FILE =
      Path.of(System.getProperty("waybill.home"), "solver-config", "optaplanner.json");

  @Test
  void theJarHasWhatTheProjectFolderHas() throws IOException {
    assertThat(read(Files.readString(FILE))).isEqualTo(OptaPlannerConfig.standard());
  }

  @Test
  void unknownMissingDoubleAndImpossibleKeysAreErrors() throws IOException {
    String good = Files.readString(FILE);
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"magic\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("magic");
    assertThatThrownBy(() -> read(good.replaceFirst("\"seeds\": \\d+,", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("seeds");
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"seeds\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("seeds");
    assertThatThrownBy(() -> read(good.replaceFirst("\"seeds\": \\d+", "\"seeds\": 0")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("seeds");
    assertThatThrownBy(() -> read(good.replaceFirst("\"trees\": \\[[^]]*\\]", "\"trees\": null")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trees");
    assertThatThrownBy(
            () -> read(good.replaceFirst("\"mostReceivers\": \\d+", "\"mostReceivers\": 0")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mostReceivers");
  }

  @Test
  void aLimitOnReceiversMayBeThere() throws IOException {
    String limited =
        Files.readString(FILE).replaceFirst("\"mostReceivers\": \\d+", "\"mostReceivers\": 3");
    assertThat(read(limited)).isEqualTo(OptaPlannerConfig.standard().withMostReceivers(3));
  }

  private static OptaPlannerConfig read(String json) throws IOException {
    return OptaPlannerConfig.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
