package dev.waybill.runtime.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process proves with who it is, and by what it believes others: a {@link CredentialsFolder}
 * that is read again when its files change, so that keys and authorities rotate without a restart.
 * Connections that are there go on; new ones use the newest. All are TLS 1.3. Thread-safe.
 */
public final class Credentials {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final Clock clock;
  private Material material;
  private Material.Stamp stamp;
  private Material.@Nullable Stamp unusable;
  private boolean complained;
  private long lookedNanos = System.nanoTime();

  private Credentials(Path folder, Clock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.stamp = Material.Stamp.of(folder);
    this.material = Material.read(folder, clock);
  }

  /**
   * @throws IOException with one line that names the file
   */
  public static Credentials open(Path folder) throws IOException {
    return open(folder, Clock.systemUTC());
  }

  /**
   * @param clock by which certificates are valid or not
   * @throws IOException with one line that names the file
   */
  public static Credentials open(Path folder, Clock clock) throws IOException {
    return new Credentials(folder, clock);
  }

  private synchronized Material current() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      lookedNanos = now;
      look();
    }
    return material;
  }

  /** Several files are not replaced at once, so that what can't be read is given a second look. */
  private void look() {
    Material.Stamp now = Material.Stamp.of(folder);
    if (now.equals(stamp)) {
      return;
    }
    try {
      material = Material.read(folder, clock);
      stamp = now;
      complained = false;
      log()
          .info(
              "new credentials of {}, valid until {}",
              material.identity(),
              material.certificate().getNotAfter().toInstant());
    } catch (IOException e) {
      if (now.equals(unusable) && !complained) {
        complained = true;
        log().warn("{}; the credentials from before stay in use", e.getMessage());
      }
      complained &= now.equals(unusable);
      unusable = now;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Who this process is. */
  public Identity identity() {
    return current().identity();
  }

  public X509Certificate certificate() {
    return current().certificate();
  }

  /** What is in use now; it does not change. */
  public SSLContext context() {
    return current().context();
  }

  /** Whom it believes. */
  public Authorities authorities() {
    return current().authorities();
  }

  public Clock clock() {
    return clock;
  }

  /**
   * Why peers will not believe this process, if they believe the same authorities; null where its
   * certificate is good now.
   */
  public @Nullable String trouble() {
    Material now = current();
    try {
      Identity unused = now.authorities().identityOf(now.chain());
      return null;
    } catch (CertificateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * For one connection that a peer has opened.
   *
   * @param mutual whether a peer without a certificate is turned away; one with a bad one always is
   */
  public SSLEngine serving(boolean mutual) {
    SSLEngine engine = current().context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = TlsSockets.parameters();
    parameters.setUseCipherSuitesOrder(true);
    if (mutual) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For one connection that this process opens. */
  public SSLEngine calling() {
    // Without the peer's address there is no resumption, and every connection is proven anew.
    SSLEngine engine = current().context().createSSLEngine();
    engine.setUseClientMode(true);
    engine.setSSLParameters(TlsSockets.parameters());
    return engine;
  }

  /** Connections that this process opens to servers of a role. */
  public Sockets sockets(Role role) {
    return new TlsSockets(() -> current().context(), this::identityOf, this::trouble, role);
  }

  /** Who has shown a certificate on a connection that this process serves. */
  public Peer peer(@Nullable SSLSession session) throws IOException {
    try {
      return session == null ? new Peer.Nameless() : new Peer.Known(identityOf(session));
    } catch (SSLPeerUnverifiedException e) {
      return new Peer.Nameless();
    }
  }

  /**
   * Who is at the other end of a connection whose handshake is done.
   *
   * @throws SSLPeerUnverifiedException where it has shown no certificate
   * @throws IOException where its certificate is not good any more
   */
  public Identity identityOf(SSLSession session) throws IOException {
    List<X509Certificate> chain =
        Arrays.stream(session.getPeerCertificates()).map(c -> (X509Certificate) c).toList();
    try {
      Identity peer = Identity.of(chain.get(0));
      // A session that is resumed has been proven some time ago.
      authorities().requireValid("the certificate of " + peer, chain.get(0));
      return peer;
    } catch (CertificateException e) {
      throw new TlsFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** A failure of TLS as one line that says what is wrong; any other as it is. */
  public IOException failure(IOException e) {
    return TlsFailure.of(e, trouble());
  }

  /** Begun where there is something to say: that takes a client longer than all it does. */
  private static Logger log() {
    return LoggerFactory.getLogger(Credentials.class);
  }
}
