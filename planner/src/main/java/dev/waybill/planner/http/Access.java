package dev.waybill.planner.http;

import dev.waybill.runtime.http.Endpoint;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Who may ask the master for what. Where nothing is secured, everybody may ask for everything. */
final class Access {
  private Access() {}

  /** An endpoint for peers of any of these roles. */
  static Endpoint of(Endpoint endpoint, Role... roles) {
    return x -> {
      if (Arrays.stream(roles).noneMatch(x.peer()::is)) {
        throw forbidden(
            x.peer(),
            Arrays.stream(roles).map(Role::label).collect(Collectors.joining(" or a ", "a ", "")));
      }
      return endpoint.handle(x);
    };
  }

  /** Makes sure that a peer is this party. */
  static void require(Peer peer, Role role, String name) throws Refusal {
    if (!peer.is(role, name)) {
      throw forbidden(peer, new Identity(role, name).uri());
    }
  }

  private static Refusal forbidden(Peer peer, String who) {
    return new Refusal(403, "this is for %s, and not for %s".formatted(who, peer.described()));
  }
}
