package dev.waybill.planner.catalogue;

import com.google.common.base.Splitter;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The catalogue in a relational database: SQLite, embedded, one file in the master's data folder.
 */
public final class DatabaseCatalogue implements Catalogue {
  private static final int HEX_DIGITS = 64;

  private final String place;
  private final Handle handle;

  private DatabaseCatalogue(String place, Handle handle) {
    this.place = place;
    this.handle = handle;
  }

  /**
   * Opens the embedded database of a data folder; makes both where they are not there.
   *
   * @throws IOException where it can't be opened or written, with its place
   */
  public static DatabaseCatalogue open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("catalogue.sqlite");
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(2000);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Flyway.configure(DatabaseCatalogue.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:dev/waybill/planner/catalogue")
          .load()
          .migrate();
      return new DatabaseCatalogue(file.toString(), Jdbi.create(source).open());
    } catch (FlywayException | JdbiException e) {
      throw new IOException(file + ": the catalogue can't be opened: " + rootMessage(e), e);
    }
  }

  @Override
  public int beginTerm() throws IOException {
    return call(
        () ->
            handle.inTransaction(
                h -> {
                  h.execute("UPDATE term SET number = number + 1");
                  return h.createQuery("SELECT number FROM term").mapTo(Integer.class).one();
                }));
  }

  @Override
  public List<Change> load() throws IOException {
    return call(
        () -> {
          List<Change> changes = new ArrayList<>();
          loadFiles(changes);
          loadDemands(changes);
          return changes;
        });
  }

  private void loadFiles(List<Change> changes) {
    handle
        .createQuery("SELECT * FROM file_version ORDER BY name, version")
        .map(
            (row, context) -> {
              FileId file = new FileId(row.getString("name"), row.getLong("version"));
              changes.add(
                  new Change.FileOpened(
                      file, row.getLong("block_size"), nullable(row.getObject("expected_size"))));
              changes.add(new Change.OriginsAdded(file, origins(file)));
              changes.addAll(checksums(file));
              Long size = nullable(row.getObject("size"));
              if (size != null) {
                changes.add(new Change.FileEnded(file, size));
              }
              if (row.getBoolean("final_requested")) {
                changes.add(new Change.FinalRequested(file));
              }
              return file;
            })
        .list();
  }

  private List<String> origins(FileId file) {
    return handle
        .createQuery(
            "SELECT host FROM origin WHERE name = :name AND version = :version ORDER BY ordinal")
        .bind("name", file.name())
        .bind("version", file.version())
        .mapTo(String.class)
        .list();
  }

  private List<Change> checksums(FileId file) {
    return handle
        .createQuery(
            "SELECT first_block, digits FROM checksums"
                + " WHERE name = :name AND version = :version ORDER BY first_block")
        .bind("name", file.name())
        .bind("version", file.version())
        .map(
            (row, context) ->
                (Change)
                    new Change.BlocksAdded(
                        file,
                        row.getInt("first_block"),
                        Splitter.fixedLength(HEX_DIGITS)
                            .splitToStream(row.getString("digits"))
                            .map(Checksum::new)
                            .toList()))
        .list();
  }

  private void loadDemands(List<Change> changes) {
    handle
        .createQuery("SELECT * FROM demand ORDER BY ordinal")
        .map(
            (row, context) ->
                changes.add(
                    new Change.DemandPut(
                        row.getString("name"),
                        nullable(row.getObject("version")),
                        List.of(row.getString("host")),
                        row.getDouble("weight"),
                        row.getObject("deadline") == null ? null : row.getDouble("deadline"))))
        .list();
  }

  private static @Nullable Long nullable(@Nullable Object column) {
    return column == null ? null : ((Number) column).longValue();
  }

  @Override
  public void apply(List<Change> changes) throws IOException {
    call(
        () -> {
          handle.useTransaction(h -> changes.forEach(c -> apply(h, c)));
          return changes.size();
        });
  }

  private static void apply(Handle h, Change change) {
    if (change instanceof Change.FileOpened c) {
      h.execute(
          "INSERT INTO file_version (name, version, block_size, expected_size) VALUES (?, ?, ?, ?)",
          c.file().name(),
          c.file().version(),
          c.blockSize(),
          c.expectedSize());
    } else if (change instanceof Change.OriginsAdded c) {
      for (String host : c.hosts()) {
        h.execute(
            "INSERT INTO origin (name, version, host, ordinal)"
                + " SELECT ?, ?, ?, count(*) FROM origin WHERE name = ? AND version = ?",
            c.file().name(),
            c.file().version(),
            host,
            c.file().name(),
            c.file().version());
      }
    } else if (change instanceof Change.BlocksAdded c) {
      h.execute(
          "INSERT INTO checksums (name, version, first_block, digits) VALUES (?, ?, ?, ?)",
          c.file().name(),
          c.file().version(),
          c.from(),
          c.checksums().stream().map(Checksum::hex).collect(Collectors.joining()));
    } else if (change instanceof Change.FileEnded c) {
      h.execute(
          "UPDATE file_version SET size = ? WHERE name = ? AND version = ?",
          c.size(),
          c.file().name(),
          c.file().version());
    } else if (change instanceof Change.FinalRequested c) {
      h.execute(
          "UPDATE file_version SET final_requested = 1 WHERE name = ? AND version = ?",
          c.file().name(),
          c.file().version());
    } else if (change instanceof Change.DemandPut c) {
      for (String host : c.hosts()) {
        h.execute("DELETE FROM demand WHERE host = ? AND name = ?", host, c.name());
        h.execute(
            "INSERT INTO demand (host, name, version, weight, deadline, ordinal)"
                + " SELECT ?, ?, ?, ?, ?, coalesce(max(ordinal), 0) + 1 FROM demand",
            host,
            c.name(),
            c.version(),
            c.weight(),
            c.deadline());
      }
    }
  }

  @Override
  public void close() {
    handle.close();
  }

  private <T> T call(java.util.function.Supplier<T> work) throws IOException {
    try {
      return work.get();
    } catch (JdbiException e) {
      throw new IOException(place + ": the catalogue can't be used: " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
