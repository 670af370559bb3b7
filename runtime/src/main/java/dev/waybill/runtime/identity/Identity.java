package dev.waybill.runtime.identity;

import dev.waybill.model.unit.Identifier;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who a party of the system is: a role and a name within it. It stands in a certificate as an
 * alternative name, {@code waybill://ROLE/NAME}.
 *
 * @param name an identifier; of a host, its id in the network file
 */
public record Identity(Role role, String name) {
  private static final String SCHEME = "waybill://";
  private static final int URI_NAME = 6;

  public Identity {
    Identifier.require("a name", name);
  }

  /** {@code waybill://ROLE/NAME}; a {@code #} is written as {@code %23}. */
  public String uri() {
    return SCHEME + role.label() + "/" + name.replace("#", "%23");
  }

  /** What a URI stands for; empty where it is none of ours. */
  public static Optional<Identity> parse(String uri) {
    if (!uri.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String rest = uri.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String name = rest.substring(slash + 1).replace("%23", "#");
    try {
      return Role.named(rest.substring(0, slash)).map(role -> new Identity(role, name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Who a certificate says that its bearer is; says nothing about whether that is true.
   *
   * @throws CertificateException where it names nobody, or more than one
   */
  public static Identity of(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<Identity> found =
        names == null
            ? List.of()
            : names.stream()
                .filter(name -> name.get(0).equals(URI_NAME))
                .flatMap(name -> parse(String.valueOf(name.get(1))).stream())
                .toList();
    if (found.size() != 1) {
      throw new CertificateException(
          "the certificate of %s names %s of this system"
              .formatted(
                  certificate.getSubjectX500Principal(),
                  found.isEmpty() ? "no party" : "more than one party"));
    }
    return found.get(0);
  }

  @Override
  public String toString() {
    return uri();
  }
}
