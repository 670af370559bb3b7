package dev.waybill.planner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestSignature;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseCatalogueTest {
  private static final FileId FILE = new FileId("maps/europe.bin", 3);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static EmbeddedPostgres server;

  @TempDir Path folder;
  private String database;

  /** Which database a test runs on. */
  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** The same catalogue each time within a test. */
  private DatabaseCatalogue open(Kind kind) throws IOException {
    if (kind == Kind.SQLITE) {
      return DatabaseCatalogue.open(folder);
    }
    if (database == null) {
      database = "c" + System.nanoTime();
      try (Connection c = server.getPostgresDatabase().getConnection()) {
        c.createStatement().execute("CREATE DATABASE " + database);
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
    return DatabaseCatalogue.postgresql(server.getJdbcUrl("postgres", database));
  }

  private static int lead(Catalogue catalogue) throws IOException {
    return ((Candidacy.Leads) catalogue.lead("me", null, LONG)).epoch();
  }

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
        new Change.ManifestSigned(
            FILE, new ManifestSignature(3, 3_000_000L, 1_800_000_000, List.of("AAAA"), "AAAB")),
        new Change.FinalRequested(FILE),
        new Change.DemandPut("maps/europe.bin", null, List.of("c"), 1, null, null),
        new Change.DemandPut("other", 4L, List.of("a"), 2.5, 1.7e9, 1.6e9),
        new Change.DemandDropped("maps/europe.bin", List.of("d")));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasAppliedIsThereWhenItIsOpenedAgain(Kind kind) throws IOException {
    try (Catalogue catalogue = open(kind)) {
      catalogue.apply(lead(catalogue), story());
    }
    try (Catalogue catalogue = open(kind)) {
      assertThat(catalogue.load()).isEqualTo(story());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyLeadershipHasAHigherEpochThanTheLast(Kind kind) throws IOException {
    List<Integer> epochs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (Catalogue catalogue = open(kind)) {
        epochs.add(lead(catalogue));
        epochs.add(lead(catalogue));
        catalogue.resign("me");
      }
    }
    assertThat(epochs).containsExactly(1, 1, 2, 2, 3, 3);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void changesAreAppliedTogetherOrNotAtAll(Kind kind) throws IOException {
    try (Catalogue catalogue = open(kind)) {
      int epoch = lead(catalogue);
      List<Change> changes = new ArrayList<>(story().subList(0, 3));
      changes.add(new Change.OriginsAdded(FILE, List.of("\0")));
      if (kind == Kind.POSTGRESQL) {
        assertThatThrownBy(() -> catalogue.apply(epoch, changes)).isInstanceOf(IOException.class);
      } else {
        assertThatThrownBy(() -> catalogue.apply(epoch + 1, changes)).isInstanceOf(Deposed.class);
      }
      assertThat(catalogue.load()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasAppliedMayBeAppliedAgain(Kind kind) throws IOException {
    try (Catalogue catalogue = open(kind)) {
      int epoch = lead(catalogue);
      catalogue.apply(epoch, story());
      catalogue.apply(epoch, story());
      assertThat(catalogue.load()).isEqualTo(story());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theNewestSignatureOfAVersionReplacesTheOneBefore(Kind kind) throws IOException {
    try (Catalogue catalogue = open(kind)) {
      Change newer =
          new Change.ManifestSigned(
              FILE, new ManifestSignature(3, null, 1_800_000_009, List.of("AAAA", "AAAB"), "AAAC"));
      int epoch = lead(catalogue);
      catalogue.apply(epoch, story());
      catalogue.apply(epoch, List.of(newer));
      assertThat(catalogue.load().stream().filter(Change.ManifestSigned.class::isInstance))
          .containsExactly(newer);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLaterDemandOfTheSameHostReplacesTheEarlier(Kind kind) throws IOException {
    try (Catalogue catalogue = open(kind)) {
      Change second = new Change.DemandPut("f", 9L, List.of("a"), 3, null, null);
      catalogue.apply(
          lead(catalogue),
          List.of(new Change.DemandPut("f", null, List.of("a", "b"), 1, null, null), second));
      assertThat(catalogue.load())
          .containsExactly(new Change.DemandPut("f", null, List.of("b"), 1, null, null), second);
    }
  }

  @Test
  void oneOfTwoMastersLeadsAndTheOtherIsToldWhere() throws IOException {
    try (Catalogue first = open(Kind.POSTGRESQL);
        Catalogue second = open(Kind.POSTGRESQL)) {
      assertThat(first.lead("a", "http://a:1", LONG)).isEqualTo(new Candidacy.Leads(1));
      assertThat(second.lead("b", "http://b:1", LONG))
          .isEqualTo(new Candidacy.Follows("http://a:1"));
      assertThat(first.lead("a", "http://a:1", LONG)).isEqualTo(new Candidacy.Leads(1));

      first.resign("a");

      assertThat(second.lead("b", "http://b:1", LONG)).isEqualTo(new Candidacy.Leads(2));
      assertThat(first.lead("a2", "http://a:1", LONG))
          .isEqualTo(new Candidacy.Follows("http://b:1"));
    }
  }

  @Test
  void aWriteOfALeaderWhoseLeaseHasBeenTakenIsRefusedAndChangesNothing() throws Exception {
    try (Catalogue first = open(Kind.POSTGRESQL);
        Catalogue second = open(Kind.POSTGRESQL)) {
      first.lead("a", null, Duration.ZERO);
      first.apply(1, story().subList(0, 2));
      assertThat(second.lead("b", null, LONG)).isEqualTo(new Candidacy.Leads(2));

      assertThatThrownBy(() -> first.apply(1, story())).isInstanceOf(Deposed.class);

      assertThat(second.load()).isEqualTo(story().subList(0, 2));
      second.apply(2, story().subList(2, 10));
      assertThat(first.load()).isEqualTo(story());
    }
  }

  @Test
  void aSecondMasterOnTheSameFolderIsRefused() throws IOException {
    try (Catalogue first = open(Kind.SQLITE)) {
      lead(first);
      assertThatThrownBy(() -> open(Kind.SQLITE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("catalogue.sqlite");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("catalogue.sqlite"), "not a database, but long enough ".repeat(40));
    assertThatThrownBy(() -> open(Kind.SQLITE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("catalogue.sqlite");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() {
    assertThatThrownBy(
            () -> DatabaseCatalogue.postgresql("jdbc:postgresql://127.0.0.1:1/waybill?password=pw"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:1/waybill: ")
        .hasMessageNotContaining("pw");
  }

  @Test
  void aLeaderThatStopsInTheMiddleOfAWriteDoesNotKeepTheLease() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Change> stopping =
        new AbstractList<>() {
          @Override
          public Change get(int index) {
            begun.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return new Change.FinalRequested(FILE);
          }

          @Override
          public int size() {
            return 1;
          }
        };
    try (DatabaseCatalogue stopped = open(Kind.POSTGRESQL);
        DatabaseCatalogue other = open(Kind.POSTGRESQL)) {
      Candidacy.Leads old = (Candidacy.Leads) stopped.lead("old", null, Duration.ofMillis(1));
      CompletableFuture<Throwable> write =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> stopped.apply(old.epoch(), stopping)));
      begun.await();
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> other.lead("new", null, LONG) instanceof Candidacy.Leads);
      goOn.countDown();
      assertThat(write.get()).isInstanceOf(IOException.class);
    }
  }
}
