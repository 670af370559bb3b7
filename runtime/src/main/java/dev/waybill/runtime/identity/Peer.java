package dev.waybill.runtime.identity;

/** Who is at the other end of a connection, as far as the connection itself proves it. */
public sealed interface Peer {
  /** Nothing is known: the connection is not secured, and whoever reaches the port is served. */
  record Unsecured() implements Peer {}

  /** The connection is secured, and the peer has shown no certificate. */
  record Nameless() implements Peer {}

  /** The peer has proven to be this party. */
  record Known(Identity identity) implements Peer {}

  /** Whether it may act as {@code role}. */
  default boolean is(Role role) {
    return this instanceof Unsecured || (this instanceof Known k && k.identity().role() == role);
  }

  /** Whether it may act as this party. */
  default boolean is(Role role, String name) {
    return this instanceof Unsecured
        || (this instanceof Known k && k.identity().equals(new Identity(role, name)));
  }

  /** For people. */
  default String described() {
    if (this instanceof Known k) {
      return k.identity().uri();
    }
    return this instanceof Nameless ? "a peer without a certificate" : "an unknown peer";
  }
}
