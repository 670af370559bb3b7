package dev.waybill.planner.catalogue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The catalogue in a relational database, with one schema for all of them: SQLite, embedded, one
 * file in the master's data folder; or PostgreSQL, which several masters may share.
 */
public final class DatabaseCatalogue implements Catalogue {
  /**
   * Seconds after which a database that does not answer counts as gone: well within the lease, so
   * that a leader that has lost its database knows before another one leads.
   */
  private static final int PATIENCE_SECONDS = 2;

  private final String place;
  private final Dialect dialect;
  private final Leases leases;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private DatabaseCatalogue(String place, Dialect dialect, HikariDataSource pool) {
    this.place = place;
    this.dialect = dialect;
    this.leases = new Leases(dialect);
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
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
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(1);
    return open(file.toString(), Dialect.SQLITE, pool);
  }

  /**
   * Opens a PostgreSQL database that several masters may share.
   *
   * @param url {@code jdbc:postgresql:...}, with all that is needed to log in
   * @throws IOException where it can't be opened, with its place
   */
  public static DatabaseCatalogue postgresql(String url) throws IOException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    // For where the URL does not say it otherwise.
    config.addDataSourceProperty("connectTimeout", PATIENCE_SECONDS);
    config.addDataSourceProperty("socketTimeout", PATIENCE_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    // A leader that stops or is cut off in the middle of a write would keep the lease locked.
    config.addDataSourceProperty(
        "options", "-c idle_in_transaction_session_timeout=" + 1000 * PATIENCE_SECONDS);
    config.setMaximumPoolSize(4);
    // Without what logs in.
    String place = url.substring(0, (url + "?").indexOf('?'));
    return open(place, Dialect.POSTGRESQL, config);
  }

  private static DatabaseCatalogue open(String place, Dialect dialect, HikariConfig config)
      throws IOException {
    try {
      config.setConnectionTimeout(1000L * PATIENCE_SECONDS);
      config.setValidationTimeout(500L * PATIENCE_SECONDS);
      // The embedded database is this process's for as long as one connection is open.
      config.setIdleTimeout(0);
      config.setMaxLifetime(0);
      HikariDataSource pool = new HikariDataSource(config);
      try {
        Flyway.configure(DatabaseCatalogue.class.getClassLoader())
            .dataSource(pool)
            .locations("classpath:dev/waybill/planner/catalogue")
            .load()
            .migrate();
        return new DatabaseCatalogue(place, dialect, pool);
      } catch (FlywayException | JdbiException e) {
        pool.close();
        throw e;
      }
    } catch (RuntimeException e) {
      throw new IOException(place + ": the catalogue can't be opened: " + rootMessage(e), e);
    }
  }

  @Override
  public boolean isShared() {
    return dialect.shared();
  }

  @Override
  public Candidacy lead(String owner, @Nullable String url, Duration lease) throws IOException {
    return transaction(h -> leases.lead(h, owner, url, lease));
  }

  @Override
  public void resign(String owner) throws IOException {
    transaction(
        h -> {
          leases.resign(h, owner);
          return owner;
        });
  }

  @Override
  public List<Change> load() throws IOException {
    return transaction(StoredChanges::load);
  }

  @Override
  public void apply(int epoch, List<Change> changes) throws IOException {
    boolean applied =
        transaction(
            h -> {
              if (!leases.hold(h, epoch)) {
                return false;
              }
              changes.forEach(c -> StoredChanges.apply(h, c));
              return true;
            });
    if (!applied) {
      throw new Deposed(epoch);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T transaction(Function<Handle, T> work) throws IOException {
    try {
      return jdbi.inTransaction(work::apply);
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
