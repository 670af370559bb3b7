package dev.waybill.model.protocol;

import dev.waybill.model.unit.Identifier;

/**
 * Part of the protocol: a host asks the master for its first certificate.
 *
 * @param host its id
 * @param secret of the token that it was given; good once
 * @param publicKey that the certificate is for, as PEM
 * @param proof by that key, as base64
 */
public record Enrol(String host, String secret, String publicKey, String proof) {
  public Enrol {
    Identifier.require("host", host);
  }

  /** Without the secret, since records get into logs. */
  @Override
  public String toString() {
    return "Enrol[host=" + host + "]";
  }
}
