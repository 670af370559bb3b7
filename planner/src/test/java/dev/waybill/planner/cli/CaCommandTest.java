package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.EnrolmentToken;
import dev.waybill.runtime.identity.Identity;
import dev.waybill.runtime.identity.Pem;
import dev.waybill.runtime.identity.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaCommandTest {
  @TempDir Path folder;

  private Ran ca(String task, String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "ca";
    all[1] = task;
    all[2] = "--dir";
    all[3] = folder.resolve("ca").toString();
    System.arraycopy(options, 0, all, 4, options.length);
    return Ran.of(new CaCommand(Clock.systemUTC()), all);
  }

  private Ran issue(String role, String name, String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {"--role", role, "--name", name, "--output", folder.resolve("out").toString()},
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return ca("issue", all);
  }

  @Test
  void whatItIssuesIsWhatProcessesRead() throws Exception {
    assertThat(ca("init").status()).isZero();
    assertThat(issue("master", "m", "--address", "localhost,127.0.0.1").status()).isZero();
    assertThat(Credentials.open(folder.resolve("out")).identity())
        .isEqualTo(new Identity(Role.MASTER, "m"));
  }

  @Test
  void aPublisherGetsWhatItSignsWithBesideAClientsCredentials() throws Exception {
    ca("init");
    assertThat(issue("client", "alice", "--browser").out()).contains("password of browser.p12: ");
    assertThat(issue("publisher", "alice").status()).isZero();
    Path out = folder.resolve("out");
    assertThat(Credentials.open(out).identity().role()).isEqualTo(Role.CLIENT);
    assertThat(Pem.privateKey(Files.readString(out.resolve("signing-key.pem"))).getAlgorithm())
        .isEqualTo("EdDSA");
    assertThat(out.resolve("browser.p12")).isNotEmptyFile();
  }

  @Test
  void aTokenIsAllThatIsPrinted() {
    ca("init");
    Ran token = ca("token", "--host", "b");
    assertThat(EnrolmentToken.parse(token.out()).text()).isEqualTo(token.out().strip());
  }

  @Test
  void wrongUsageIsOneLine() {
    assertThat(ca("token", "--host", "b").status()).isEqualTo(4);
    ca("init");
    assertThat(ca("init").status()).isEqualTo(4);
    assertThat(ca("sign").err()).contains("'sign' is none of init, issue, token");
    assertThat(ca("token").err()).contains("--host is missing");
    assertThat(ca("token", "--role", "host").err()).contains("--role: no option of ca token");
    assertThat(issue("king", "a").err()).contains("--role: none of master, host");
    assertThat(issue("host", "a b").err()).contains("--name is not an identifier");
  }
}
