package dev.waybill.runtime.identity;

import java.util.Locale;
import java.util.Optional;

/**
 * What the bearer of a certificate may do in the system; the first part of its {@link Identity}.
 */
public enum Role {
  /** Plans, and gives hosts their orders. */
  MASTER,
  /** Reports for itself, and passes blocks on to other hosts. */
  HOST,
  /** Publishes, demands, withdraws and asks. */
  CLIENT,
  /** Signs manifests; no connection is made with it. */
  PUBLISHER;

  /** As it is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that is written like this. */
  public static Optional<Role> named(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
