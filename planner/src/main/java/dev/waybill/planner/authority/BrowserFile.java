package dev.waybill.planner.authority;

import dev.waybill.runtime.identity.CredentialsFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of the authority and its key as browsers import them: a PKCS#12 file with a
 * password.
 */
public final class BrowserFile {
  private static final int PASSWORD_BYTES = 12;

  private BrowserFile() {}

  /** Writes {@code browser.p12} and returns its password, which is made anew each time. */
  public static String write(Path folder, PrivateKey key, List<X509Certificate> chain)
      throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().encodeToString(random);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "waybill", key, password.toCharArray(), chain.toArray(X509Certificate[]::new));
      store.store(bytes, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that can't be written", e);
    }
    CredentialsFolder.writeBytes(folder.resolve("browser.p12"), bytes.toByteArray(), true);
    return password;
  }
}
