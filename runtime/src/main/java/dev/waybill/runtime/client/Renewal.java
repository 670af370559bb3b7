package dev.waybill.runtime.client;

import dev.waybill.runtime.identity.Credentials;
import java.io.Closeable;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a long-running process that renews its certificate when a third of its lifetime is
 * left.
 */
public final class Renewal implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private final Credentials credentials;
  private final CertificateCalls.Issuer issuer;
  private final Backoff retry = new Backoff(FIRST_RETRY, LAST_RETRY);
  private final Thread thread = new Thread(this::run, "renewal");

  private Renewal(Credentials credentials, CertificateCalls.Issuer issuer) {
    this.credentials = credentials;
    this.issuer = issuer;
  }

  public static Renewal start(Credentials credentials, CertificateCalls.Issuer issuer) {
    Renewal renewal = new Renewal(credentials, issuer);
    renewal.thread.setDaemon(true);
    renewal.thread.start();
    return renewal;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep((due() ? renew() : LOOK).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean due() {
    X509Certificate certificate = credentials.certificate();
    Instant end = certificate.getNotAfter().toInstant();
    Duration lifetime = Duration.between(certificate.getNotBefore().toInstant(), end);
    return credentials.clock().instant().isAfter(end.minus(lifetime.dividedBy(3)));
  }

  /** Returns how long to wait then. */
  private Duration renew() {
    try {
      CertificateCalls.renew(credentials, issuer);
      retry.reset();
      return LOOK;
    } catch (IOException e) {
      log.warn(
          "the certificate of {}, which ends at {}, can't be renewed: {}",
          credentials.identity(),
          credentials.certificate().getNotAfter().toInstant(),
          e.getMessage());
      return retry.next();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
