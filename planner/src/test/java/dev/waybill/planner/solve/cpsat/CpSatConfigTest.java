package dev.waybill.planner.solve.cpsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CpSatConfigTest {
  private static final Path FILE =
      Path.of(System.getProperty("waybill.home"), "solver-config", "cpsat.json");

  @Test
  void theJarHasWhatTheProjectFolderHas() throws IOException {
    assertThat(read(Files.readString(FILE))).isEqualTo(CpSatConfig.standard());
  }

  @Test
  void unknownMissingAndImpossibleKeysAreErrors() throws IOException {
    String good = Files.readString(FILE);
    assertThatThrownBy(() -> read(good.replaceFirst("\\{", "{\"magic\": 1,")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("magic");
    assertThatThrownBy(() -> read(good.replaceFirst("\"threads\": 1,", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("threads");
    assertThatThrownBy(() -> read(good.replaceFirst("\"threads\": 1", "\"threads\": 3")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("threads of 3");
  }

  private static CpSatConfig read(String json) throws IOException {
    return CpSatConfig.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
