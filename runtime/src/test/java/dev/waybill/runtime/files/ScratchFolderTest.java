package dev.waybill.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  @TempDir Path parent;

  @Test
  void whatAKilledProcessLeftThereGoesAndNothingIsLeftAfterwards() throws IOException {
    Path place = parent.resolve("scratch");
    Files.createDirectories(place.resolve("left/over"));
    try (ScratchFolder folder = ScratchFolder.at(place)) {
      assertThat(folder.path()).isEmptyDirectory();
      Files.createDirectories(folder.path().resolve("a/b"));
      Files.writeString(folder.path().resolve("a/b/c"), "x");
    }
    assertThat(place).doesNotExist();
  }

  @Test
  void whatIsNotThereIsDeletedAlready() throws IOException {
    ScratchFolder.delete(parent.resolve("nothing"));
    assertThat(parent).isEmptyDirectory();
  }
}
