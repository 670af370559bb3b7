package dev.waybill.planner.solve.mip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MipConfigTest {
  private static final Path FILE =
      Path.of(System.getProperty("waybill.home"), "solver-config", "mip.json");

  @Test
  void theJarHasWhatTheProjectFolderHas() throws IOException {
    assertThat(read(Files.readString(FILE))).isEqualTo(MipConfig.standard());
  }

  @Test
  void unknownMissingAndImpossibleKeysAreErrors() throws IOException {
    String good = Files.readString(FILE);
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"magic\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("magic");
    assertThatThrownBy(() -> read(good.replaceFirst("\"engine\": \"SCIP\",", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("engine");
    assertThatThrownBy(() -> read(good.replaceFirst("\"SCIP\"", "\"ABACUS\"")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ABACUS");
  }

  private static MipConfig read(String json) throws IOException {
    return MipConfig.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
