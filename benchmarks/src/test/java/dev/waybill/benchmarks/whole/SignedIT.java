package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.benchmarks.Installation;
import dev.waybill.model.protocol.Status;
import dev.waybill.runtime.identity.Role;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that their publisher signs: among real processes, with everybody's credentials. */
@Timeout(180)
final class SignedIT {
  private static final int BLOCK = 128 << 10;
  private static final List<String> HOSTS = List.of("h1", "h2", "h3");

  @TempDir private Path folder;

  @Test
  void whatAKnownPublisherHasSignedIsTakenAndNothingElse() throws Exception {
    Installation installation = new Installation(folder);
    try (Cluster cluster = Cluster.ofSecuredMaster(folder, 3, 8e6, installation)) {
      installation.signing(folder.resolve("client-test"));
      for (String host : HOSTS) {
        Path credentials = installation.credentials(Role.HOST, host);
        cluster.startExecutor(host, "--credentials", credentials.toString());
      }
      for (String host : HOSTS) {
        cluster.awaitUp(host);
      }
      aFileThatGrowsIsVerifiedAsItGrows(cluster);
      whoHasNoKeyOrOneOfAnotherAuthorityIsRefused(cluster, installation);
      aMasterThatSaysSomethingElseIsNotBelieved(cluster);
    }
  }

  @Test
  void whatNobodyHasSignedIsTakenOnlyWhereTheConfigurationAllowsIt() throws Exception {
    Installation installation = new Installation(folder);
    try (Cluster cluster = Cluster.ofSecuredMaster(folder, 3, 8e6, installation)) {
      cluster.kill("master");
      cluster.startMaster(
          1, "--credentials", folder.resolve("master-m").toString(), "--allow-unsigned");
      for (String host : HOSTS) {
        String credentials = installation.credentials(Role.HOST, host).toString();
        if (host.equals("h3")) {
          cluster.startExecutor(host, "--credentials", credentials);
        } else {
          cluster.startExecutor(host, "--credentials", credentials, "--allow-unsigned");
        }
      }
      for (String host : HOSTS) {
        cluster.awaitUp(host);
      }
      Path source = cluster.random("plain", 8 * BLOCK + 3, 54);
      Path keyless = installation.credentials(Role.CLIENT, "keyless");
      publish(cluster, source, "plain.bin", keyless, "--to", "h1").with(0);
      cluster.does("demand", "--file", "plain.bin", "--hosts", "all", "--best-effort");

      cluster.await("h2 has it", () -> Files.exists(cluster.file("h2", "plain.bin")));
      cluster.assertSame(source, "plain.bin", "h1", "h2");
      cluster.await(
          "h3 does not take it",
          () -> cluster.log("h3").contains("nothing of plain.bin@1 is taken: it is not signed"));
      assertThat(cluster.does("status").out()).contains("refused: it is not signed");
      assertThat(cluster.file("h3", "plain.bin")).doesNotExist();
    }
  }

  private static void aFileThatGrowsIsVerifiedAsItGrows(Cluster cluster) throws Exception {
    String name = "growing.bin";
    Path whole = cluster.random("whole", 20 * BLOCK + 5, 50);
    byte[] all = Files.readAllBytes(whole);
    int made = 12 * BLOCK + 77;
    cluster.does("demand", "--file", name, "--hosts", "all");
    Daemon publisher =
        cluster.startPublisher("-", "--as", name, "--block-size", Integer.toString(BLOCK));
    try (OutputStream out = publisher.input()) {
      out.write(all, 0, made);
      out.flush();
      for (String host : HOSTS) {
        cluster.await(host + " has what is made", () -> cluster.heldBlocks(host, name) == 12);
      }
      out.write(all, made, all.length - made);
    }
    assertThat(publisher.awaitEnd(60)).as(cluster.logs()).isZero();
    cluster.does("wait", "--file", name, "--timeout", "60");
    cluster.assertSame(whole, name, HOSTS.toArray(String[]::new));
  }

  private void whoHasNoKeyOrOneOfAnotherAuthorityIsRefused(
      Cluster cluster, Installation installation) throws Exception {
    Path source = cluster.random("refused", BLOCK, 51);
    Path keyless = installation.credentials(Role.CLIENT, "keyless");
    assertThat(publish(cluster, source, "refused.bin", keyless).line(1))
        .isEqualTo("waybill: refused.bin is not signed");
    Path stranger = installation.credentials(Role.CLIENT, "stranger");
    new Installation(folder.resolve("theirs")).signing(stranger);
    String why = "refused.bin is signed by nobody who is trusted: the certificate of waybill://";
    assertThat(publish(cluster, source, "refused.bin", stranger).line(1))
        .startsWith("waybill: " + why);
    assertThat(cluster.log("master"))
        .contains("127.0.0.1 is refused: refused.bin is not signed")
        .contains("127.0.0.1 is refused: " + why);
    assertThat(cluster.does("status").out())
        .contains("refused: 127.0.0.1: refused.bin is not signed (")
        .contains("refused: 127.0.0.1: " + why.substring(0, 40));
    assertThat(cluster.client().newest("refused.bin")).as("nothing has begun").isEmpty();
  }

  private Ended publish(
      Cluster cluster, Path source, String name, Path credentials, String... options)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("publish", source.toString(), "--as", name));
    words.addAll(List.of("--master", cluster.url(), "--credentials", credentials.toString()));
    words.addAll(List.of(options));
    return Waybill.run(folder, words.toArray(String[]::new));
  }

  private void aMasterThatSaysSomethingElseIsNotBelieved(Cluster cluster) throws Exception {
    Path source = cluster.random("tampered", 8 * BLOCK, 52);
    cluster.does("publish", source.toString(), "--as", "tampered.bin", "--to", "h1");
    cluster.kill("master");
    try (Connection db =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("master/catalogue.sqlite"));
        Statement sql = db.createStatement()) {
      assertThat(
              sql.executeUpdate(
                  "UPDATE checksums SET digits = 'bad' || substr(digits, 4)"
                      + " WHERE name = 'tampered.bin' AND first_block = 0"))
          .isEqualTo(1);
    }
    cluster.startMaster(1, "--credentials", folder.resolve("master-m").toString());
    cluster.awaitUp("h1");
    cluster.does("demand", "--file", "tampered.bin", "--hosts", "all");
    String why = "has a signature of waybill://publisher/build that is not of these blocks";
    for (String host : List.of("h2", "h3")) {
      cluster.await(
          host + " refuses it",
          () -> cluster.log(host).contains("nothing of tampered.bin@1 is taken: it " + why));
      cluster.await(
          "the master's log has it",
          () -> cluster.log("master").contains(host + " takes nothing of tampered.bin@1: " + why));
      Status.HostStatus status =
          cluster.client().status("tampered.bin").hosts().get(HOSTS.indexOf(host));
      assertThat(status.files()).extracting(Status.Held::refusal).containsExactly(why);
      assertThat(cluster.file(host, "tampered.bin")).doesNotExist();
    }
    assertThat(cluster.does("status").out()).contains("refused: it has a signature of waybill://");
    Path other = cluster.random("other", 8 * BLOCK, 53);
    cluster.does("publish", other.toString(), "--as", "other.bin");
    cluster.does("demand", "--file", "other.bin", "--hosts", "all");
    cluster.does("wait", "--file", "other.bin", "--timeout", "60");
    cluster.assertSame(other, "other.bin", HOSTS.toArray(String[]::new));
    for (String host : HOSTS) {
      long lines =
          Arrays.stream(cluster.log(host).split("\n")).filter(l -> l.contains("is taken")).count();
      assertThat(lines).as(host).isEqualTo(host.equals("h1") ? 0 : 1);
    }
  }
}
