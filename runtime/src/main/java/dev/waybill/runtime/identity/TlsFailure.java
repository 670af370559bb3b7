package dev.waybill.runtime.identity;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a secured connection did not come about or broke off, in one line for people. */
public final class TlsFailure extends IOException {
  private static final String ALERT = "Received fatal alert: ";

  public TlsFailure(String line, Throwable cause) {
    super(line, cause);
  }

  /**
   * @param ownTrouble why the peer may have refused this side; null where that is not known
   */
  static IOException of(IOException e, @Nullable String ownTrouble) {
    if (e instanceof SSLException) {
      return new TlsFailure(line(e, ownTrouble), e);
    }
    // A peer that refuses may end the connection before its alert has been read.
    boolean broken = e.getClass() == SocketException.class || e instanceof EOFException;
    return broken && ownTrouble != null ? new TlsFailure("it breaks off: " + ownTrouble, e) : e;
  }

  private static String line(IOException e, @Nullable String ownTrouble) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        return String.valueOf(t.getMessage());
      }
    }
    String said = String.valueOf(e.getMessage());
    int alert = said.indexOf(ALERT);
    if (alert >= 0) {
      return refused(said.substring(alert + ALERT.length()), ownTrouble);
    }
    if (said.contains("Empty client certificate chain") || said.contains("null cert chain")) {
      return "it shows no certificate";
    }
    if (said.contains("plaintext") || said.contains("Unsupported or unrecognized SSL message")) {
      return "it does not speak TLS";
    }
    if (said.contains("protocol version") || said.contains("is not enabled or supported")) {
      return "it does not speak TLS 1.3";
    }
    return said.contains("terminated the handshake")
        ? "it broke off the handshake"
        : "TLS: " + said;
  }

  private static String refused(String alert, @Nullable String ownTrouble) {
    return switch (alert) {
      case "protocol_version" -> "it does not speak TLS 1.3";
      case "certificate_required" -> "it wants a certificate, see --credentials";
      case "certificate_unknown", "bad_certificate", "certificate_expired", "unknown_ca" ->
          ownTrouble == null
              ? "it refuses the certificate of this side; its log says why"
              : "it refuses the certificate of this side: " + ownTrouble;
      default -> "it refuses the connection: " + alert;
    };
  }
}
