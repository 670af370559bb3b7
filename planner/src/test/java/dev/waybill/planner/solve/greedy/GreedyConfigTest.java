package dev.waybill.planner.solve.greedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GreedyConfigTest {
  private static final Path FILE =
      Path.of(System.getProperty("waybill.home"), "solver-config", "greedy.json");

  @Test
  void theJarHasWhatTheProjectFolderHas() throws IOException {
    assertThat(read(Files.readString(FILE))).isEqualTo(GreedyConfig.standard());
  }

  @Test
  void unknownMissingDoubleAndImpossibleKeysAreErrors() throws IOException {
    String good = Files.readString(FILE);
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"magic\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("magic");
    assertThatThrownBy(() -> read(good.replaceFirst("\"rarity\": 1.0,", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rarity");
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"rarity\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rarity");
    assertThatThrownBy(() -> read(good.replaceFirst("\"rarity\": 1.0", "\"rarity\": -1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-1");
  }

  private static GreedyConfig read(String json) throws IOException {
    InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    return GreedyConfig.read(in);
  }
}
