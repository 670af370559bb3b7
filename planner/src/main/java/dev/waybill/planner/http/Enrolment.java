package dev.waybill.planner.http;

import dev.waybill.model.protocol.Enrol;
import dev.waybill.model.protocol.Enrolled;
import dev.waybill.model.protocol.Renew;
import dev.waybill.planner.authority.CertificateAuthority;
import dev.waybill.planner.authority.Redeemed;
import dev.waybill.planner.authority.Tokens;
import dev.waybill.runtime.http.Refusal;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.KeyProof;
import dev.waybill.runtime.identity.Peer;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a master with a certificate authority issues certificates: to a host for its token, and to
 * any party for the certificate that it has. Thread-safe.
 */
public final class Enrolment {
  private static final Logger log = LoggerFactory.getLogger(Enrolment.class);
  private static final Duration LIFETIME = Duration.ofDays(30);

  private final CertificateAuthority authority;
  private final Tokens tokens;

  /**
   * @param folder of the authority
   * @throws IOException with one line that names the file
   */
  public Enrolment(Path folder, Clock clock) throws IOException {
    this.authority = CertificateAuthority.open(folder, clock);
    this.tokens = new Tokens(folder, clock);
  }

  Enrolled enrol(Enrol request) throws IOException, Refusal {
    PublicKey key = proven(request.publicKey(), request.secret(), request.proof());
    Redeemed redeemed;
    try {
      redeemed = tokens.redeem(request.secret(), request.host());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("this is no token of waybill ca");
    }
    if (!(redeemed instanceof Redeemed.Granted)) {
      String why = why(redeemed);
      log.warn("{} may not enrol: {}", request.host(), why);
      throw new Refusal(403, why);
    }
    log.info("{} has enrolled", request.host());
    return issue(new Identity(Role.HOST, request.host()), key, List.of());
  }

  private static String why(Redeemed redeemed) {
    if (redeemed instanceof Redeemed.Used u) {
      return "this token has been used, by " + u.host();
    }
    if (redeemed instanceof Redeemed.Expired e) {
      return "this token expired at " + e.at();
    }
    return redeemed instanceof Redeemed.OtherHost
        ? "this token is for another host"
        : "this token is unknown to the master's CA";
  }

  Enrolled renew(Peer peer, Renew request) throws Refusal {
    if (!(peer instanceof Peer.Known known)) {
      throw new Refusal(403, "a certificate is renewed for whoever has one");
    }
    log.info("{} renews its certificate", known.identity());
    return renew(known.identity(), request, List.of());
  }

  /**
   * The next certificate of a party.
   *
   * @param addresses that browsers call it by
   */
  public Enrolled renew(Identity identity, Renew request, List<String> addresses) throws Refusal {
    PublicKey key = proven(request.publicKey(), identity.uri(), request.proof());
    return issue(identity, key, addresses);
  }

  private Enrolled issue(Identity identity, PublicKey key, List<String> addresses) {
    List<X509Certificate> chain = authority.issue(identity, key, LIFETIME, addresses);
    return new Enrolled(Pem.of(chain), Pem.of(List.of(authority.certificate())));
  }

  private static PublicKey proven(String pem, String purpose, String proof) throws Refusal {
    try {
      PublicKey key = Pem.publicKey(pem);
      if (KeyProof.holds(key, purpose, proof)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw Refusal.badRequest("body: /publicKey: " + e.getMessage());
    }
    throw Refusal.badRequest("body: /proof: it is not by this key");
  }
}
