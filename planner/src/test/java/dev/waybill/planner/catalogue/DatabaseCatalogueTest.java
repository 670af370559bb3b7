package dev.waybill.planner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCatalogueTest {
  private static final FileId FILE = new FileId("maps/europe.bin", 3);

  @TempDir Path folder;

  private static Checksum checksum(int i) {
    return Checksum.of(ByteBuffer.allocate(4).putInt(0, i));
  }

  private static List<Change> story() {
    return List.of(
        new Change.FileOpened(FILE, 1 << 20, 5_000_000L),
        new Change.OriginsAdded(FILE, List.of("b", "a")),
        new Change.BlocksAdded(FILE, 0, List.of(checksum(0), checksum(1))),
        new Change.BlocksAdded(FILE, 2, List.of(checksum(2))),
        new Change.FileEnded(FILE, 3_000_000),
        new Change.FinalRequested(FILE),
        new Change.DemandPut("maps/europe.bin", null, List.of("c"), 1, null),
        new Change.DemandPut("other", 4L, List.of("a"), 2.5, 1.7e9));
  }

  @Test
  void whatWasAppliedIsThereWhenItIsOpenedAgain() throws IOException {
    try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
      catalogue.apply(story());
    }
    try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
      assertThat(catalogue.load()).isEqualTo(story());
    }
  }

  @Test
  void everyTermIsHigherThanTheLast() throws IOException {
    List<Integer> terms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
        terms.add(catalogue.beginTerm());
      }
    }
    assertThat(terms).containsExactly(1, 2, 3);
  }

  @Test
  void changesAreAppliedTogetherOrNotAtAll() throws IOException {
    try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
      Change opened = new Change.FileOpened(FILE, 1, null);
      assertThatThrownBy(() -> catalogue.apply(List.of(opened, opened)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("catalogue.sqlite");
      assertThat(catalogue.load()).isEmpty();
    }
  }

  @Test
  void aLaterDemandOfTheSameHostReplacesTheEarlier() throws IOException {
    try (Catalogue catalogue = DatabaseCatalogue.open(folder)) {
      Change second = new Change.DemandPut("f", 9L, List.of("a"), 3, null);
      catalogue.apply(List.of(new Change.DemandPut("f", null, List.of("a", "b"), 1, null), second));
      assertThat(catalogue.load())
          .containsExactly(new Change.DemandPut("f", null, List.of("b"), 1, null), second);
    }
  }

  @Test
  void aSecondMasterOnTheSameFolderIsRefused() throws IOException {
    try (Catalogue first = DatabaseCatalogue.open(folder)) {
      first.beginTerm();
      assertThatThrownBy(() -> DatabaseCatalogue.open(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("catalogue.sqlite");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("catalogue.sqlite"), "not a database, but long enough ".repeat(40));
    assertThatThrownBy(() -> DatabaseCatalogue.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("catalogue.sqlite");
  }
}
