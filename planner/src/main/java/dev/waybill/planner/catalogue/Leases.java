package dev.waybill.planner.catalogue;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The one row of the catalogue that says who leads (a fenced lease: owner, epoch, expiry). All its
 * times are the database's, so that the masters' clocks do not matter.
 */
final class Leases {
  private final Dialect dialect;

  Leases(Dialect dialect) {
    this.dialect = dialect;
  }

  /** In a transaction: renews the owner's lease, or takes it where it has expired. */
  Candidacy lead(Handle h, String owner, @Nullable String url, Duration lease) {
    String until = dialect.clock() + " + " + lease.toMillis() / 1e3;
    if (h.execute("UPDATE lease SET expires = " + until + " WHERE owner = ?", owner) == 0) {
      String free = dialect.shared() ? " WHERE expires <= " + dialect.clock() : "";
      h.createUpdate(
              "UPDATE lease SET epoch = epoch + 1, owner = :owner, url = :url, expires = "
                  + until
                  + free)
          .bind("owner", owner)
          .bindByType("url", url, String.class)
          .execute();
    }
    return h.createQuery("SELECT epoch, owner, url FROM lease")
        .map(
            (row, context) ->
                row.getString("owner").equals(owner)
                    ? new Candidacy.Leads(row.getInt("epoch"))
                    : new Candidacy.Follows(row.getString("url")))
        .one();
  }

  void resign(Handle h, String owner) {
    h.execute("UPDATE lease SET expires = 0, owner = '' WHERE owner = ?", owner);
  }

  /**
   * In the transaction of a write: nobody can begin a new epoch until it has ended.
   *
   * @return whether this is the current epoch
   */
  boolean hold(Handle h, int epoch) {
    return h.execute("UPDATE lease SET epoch = epoch WHERE epoch = ?", epoch) == 1;
  }
}
