package dev.waybill.planner.catalogue;

import com.google.common.base.Splitter;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the catalogue as rows, and back: in the SQL that SQLite and PostgreSQL have in common.
 * Writing the same change twice is writing it once.
 */
final class StoredChanges {
  private static final int HEX_DIGITS = 64;

  private StoredChanges() {}

  /** All changes that make up the state. */
  static List<Change> load(Handle handle) {
    List<Change> changes = new ArrayList<>();
    files(handle, changes);
    demands(handle, changes);
    return changes;
  }

  private static void files(Handle handle, List<Change> changes) {
    handle
        .createQuery("SELECT * FROM file_version ORDER BY name, version")
        .map(
            (row, context) -> {
              FileId file = new FileId(row.getString("name"), row.getLong("version"));
              changes.add(
                  new Change.FileOpened(
                      file, row.getLong("block_size"), nullable(row.getObject("expected_size"))));
              changes.add(new Change.OriginsAdded(file, origins(handle, file)));
              changes.addAll(checksums(handle, file));
              Long size = nullable(row.getObject("size"));
              if (size != null) {
                changes.add(new Change.FileEnded(file, size));
              }
              String signature = row.getString("signature");
              if (signature != null) {
                changes.add(new Change.ManifestSigned(file, StoredSignature.read(file, signature)));
              }
              if (row.getInt("withdrawn") != 0) {
                changes.add(new Change.Withdrawn(file));
              }
              if (row.getInt("final_requested") != 0) {
                changes.add(new Change.FinalRequested(file));
              }
              return file;
            })
        .list();
  }

  private static List<String> origins(Handle handle, FileId file) {
    return handle
        .createQuery(
            "SELECT host FROM origin WHERE name = :name AND version = :version ORDER BY ordinal")
        .bind("name", file.name())
        .bind("version", file.version())
        .mapTo(String.class)
        .list();
  }

  private static List<Change> checksums(Handle handle, FileId file) {
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

  private static void demands(Handle handle, List<Change> changes) {
    handle
        .createQuery("SELECT * FROM demand ORDER BY ordinal")
        .map(
            (row, context) -> {
              String name = row.getString("name");
              List<String> host = List.of(row.getString("host"));
              return changes.add(
                  row.getInt("dropped") != 0
                      ? new Change.DemandDropped(name, host)
                      : new Change.DemandPut(
                          name,
                          nullable(row.getObject("version")),
                          host,
                          row.getDouble("weight"),
                          seconds(row.getObject("deadline")),
                          seconds(row.getObject("begins"))));
            })
        .list();
  }

  private static @Nullable Double seconds(@Nullable Object column) {
    return column == null ? null : ((Number) column).doubleValue();
  }

  private static @Nullable Long nullable(@Nullable Object column) {
    return column == null ? null : ((Number) column).longValue();
  }

  static void apply(Handle h, Change change) {
    if (change instanceof Change.FileOpened c) {
      of(
              h,
              c.file(),
              "INSERT INTO file_version (name, version, block_size, expected_size)"
                  + " VALUES (:name, :version, :blockSize, :expectedSize) ON CONFLICT DO NOTHING")
          .bind("blockSize", c.blockSize())
          .bindByType("expectedSize", c.expectedSize(), Long.class)
          .execute();
    } else if (change instanceof Change.OriginsAdded c) {
      for (String host : c.hosts()) {
        of(
                h,
                c.file(),
                "INSERT INTO origin (name, version, host, ordinal) VALUES (:name, :version, :host,"
                    + " (SELECT count(*) FROM origin WHERE name = :name AND version = :version))"
                    + " ON CONFLICT DO NOTHING")
            .bind("host", host)
            .execute();
      }
    } else if (change instanceof Change.BlocksAdded c) {
      of(
              h,
              c.file(),
              "INSERT INTO checksums (name, version, first_block, digits)"
                  + " VALUES (:name, :version, :first, :digits) ON CONFLICT DO NOTHING")
          .bind("first", c.from())
          .bind("digits", c.checksums().stream().map(Checksum::hex).collect(Collectors.joining()))
          .execute();
    } else if (change instanceof Change.FileEnded c) {
      of(
              h,
              c.file(),
              "UPDATE file_version SET size = :size WHERE name = :name AND version = :version")
          .bind("size", c.size())
          .execute();
    } else if (change instanceof Change.ManifestSigned c) {
      of(
              h,
              c.file(),
              "UPDATE file_version SET signature = :signature"
                  + " WHERE name = :name AND version = :version")
          .bind("signature", StoredSignature.write(c.signature()))
          .execute();
    } else if (change instanceof Change.FinalRequested c) {
      of(
              h,
              c.file(),
              "UPDATE file_version SET final_requested = 1"
                  + " WHERE name = :name AND version = :version")
          .execute();
    } else if (change instanceof Change.Withdrawn c) {
      of(
              h,
              c.file(),
              "UPDATE file_version SET withdrawn = 1 WHERE name = :name AND version = :version")
          .execute();
      of(h, c.file(), "DELETE FROM checksums WHERE name = :name AND version = :version").execute();
    } else if (change instanceof Change.DemandPut c) {
      demand(h, c, 0);
    } else if (change instanceof Change.DemandDropped c) {
      demand(h, new Change.DemandPut(c.name(), null, c.hosts(), 1, null, null), 1);
    }
  }

  private static Update of(Handle h, FileId file, String sql) {
    return h.createUpdate(sql).bind("name", file.name()).bind("version", file.version());
  }

  private static void demand(Handle h, Change.DemandPut c, int dropped) {
    if (c.hosts().isEmpty()) {
      return;
    }
    PreparedBatch gone = h.prepareBatch("DELETE FROM demand WHERE host = :host AND name = :name");
    c.hosts().forEach(host -> gone.bind("host", host).bind("name", c.name()).add());
    gone.execute();
    int ordinal =
        h.createQuery("SELECT coalesce(max(ordinal), 0) FROM demand").mapTo(Integer.class).one();
    PreparedBatch rows =
        h.prepareBatch(
            "INSERT INTO demand (host, name, version, weight, deadline, begins, dropped, ordinal)"
                + " VALUES (:host, :name, :version, :weight, :deadline, :begins, :dropped,"
                + " :ordinal)");
    for (String host : c.hosts()) {
      ordinal++;
      rows.bind("host", host)
          .bind("name", c.name())
          .bindByType("version", c.version(), Long.class)
          .bind("weight", c.weight())
          .bindByType("deadline", c.deadline(), Double.class)
          .bindByType("begins", c.begins(), Double.class)
          .bind("dropped", dropped)
          .bind("ordinal", ordinal)
          .add();
    }
    rows.execute();
  }
}
