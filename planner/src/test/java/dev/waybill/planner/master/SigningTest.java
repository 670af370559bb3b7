package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestPolicy;
import dev.waybill.model.catalogue.ManifestSignature;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import dev.waybill.planner.catalogue.Change;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master that takes only what a publisher has signed. */
class SigningTest {
  private static final long BLOCK = 1000;
  private static final FileId FILE = new FileId("f", 1);
  private static final double NOW = 1_800_000_000;

  private final List<Change> durable = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private KeyPair keys;
  private MasterState master;

  @BeforeEach
  void start() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    restart(strict());
  }

  private ManifestPolicy strict() {
    return new ManifestPolicy(
        (h, s) -> s.isOf(h, keys.getPublic()) ? null : "has a bad signature", false);
  }

  private void restart(ManifestPolicy policy) {
    Host a = new Host("a", "x", List.of(), List.of());
    Host b = new Host("b", "x", List.of(), List.of());
    Fleet fleet = Fleet.of(new Network(List.of(), List.of(), List.of(a, b)));
    MasterConfig config = MasterConfig.standard().withManifests(policy);
    master = new MasterState(fleet, config, 1, List.copyOf(durable), NOW);
  }

  private <R> Reply<R> send(MasterEvent<R> event) {
    MasterState.Step<R> step = master.apply(event, NOW);
    for (MasterEffect e : step.effects()) {
      if (e instanceof MasterEffect.Persist p) {
        durable.add(p.change());
      } else if (e instanceof MasterEffect.Note n) {
        notes.add(n.line());
      }
    }
    return step.reply();
  }

  private ManifestSignature signature(ManifestHash hash, Long size, long at) {
    return ManifestSignature.by(keys.getPrivate(), List.of("AAAA"), hash, size, at);
  }

  private Reply<Publication> open() {
    OpenPublication request = new OpenPublication("f", 1L, BLOCK, null, List.of("a"));
    return send(
        new MasterEvent.PublicationOpened(
            request.signed(signature(request.hash(), null, (long) NOW))));
  }

  private static List<Checksum> sums(int from, int to) {
    return MasterSimulation.checksums(FILE, from, to - from);
  }

  private static ManifestHash hash(int blocks) {
    return ManifestHash.start(FILE, BLOCK).plus(sums(0, blocks));
  }

  private Reply<Publication> announce(int from, int to, Long size, ManifestSignature by) {
    return send(
        new MasterEvent.BlocksAnnounced(new AnnounceBlocks(FILE, from, sums(from, to), size, by)));
  }

  private Reply<Publication> announceSigned(int from, int to, Long size) {
    return announce(from, to, size, signature(hash(to), size, (long) NOW));
  }

  private static String said(Reply<?> reply) {
    return reply instanceof Reply.Declined<?> no ? no.detail() : "yes";
  }

  @Test
  void aSignedFileGrowsAndItsNewestSignatureGoesWithEveryPage() {
    assertThat(said(open())).isEqualTo("yes");
    assertThat(said(announceSigned(0, 3, null))).isEqualTo("yes");
    assertThat(said(announceSigned(3, 5, 4500L))).isEqualTo("yes");
    ManifestSignature newest = signature(hash(5), 4500L, (long) NOW);
    assertThat(master.manifest(FILE, 0).signature()).isEqualTo(newest);
    assertThat(master.manifest(FILE, 4).signature()).isEqualTo(newest);
    restart(strict());
    assertThat(master.manifest(FILE, 0).signature()).as("after a restart").isEqualTo(newest);
  }

  @Test
  void aPublisherGoesOnAtAMasterThatHasStartedAgain() {
    open();
    announceSigned(0, 3, null);
    restart(strict());
    assertThat(said(open())).isEqualTo("yes");
    assertThat(said(announceSigned(3, 5, 4500L))).isEqualTo("yes");
  }

  @Test
  void whatIsToldAgainChangesNothing() {
    open();
    announceSigned(0, 3, null);
    announceSigned(3, 5, 4500L);
    int changes = durable.size();
    assertThat(said(announceSigned(0, 3, null))).isEqualTo("yes");
    assertThat(said(announceSigned(3, 5, null))).isEqualTo("yes");
    assertThat(said(announceSigned(3, 5, 4500L))).isEqualTo("yes");
    assertThat(durable).hasSize(changes);
  }

  @Test
  void nothingIsBegunForWhoCantSign() {
    OpenPublication request = new OpenPublication("f", 1L, BLOCK, null, List.of("a"));
    assertThat(said(send(new MasterEvent.PublicationOpened(request)))).isEqualTo("f is not signed");
    OpenPublication other = new OpenPublication("g", 1L, BLOCK, null, List.of("a"));
    ManifestSignature elsewhere = signature(other.hash(), null, (long) NOW);
    assertThat(said(send(new MasterEvent.PublicationOpened(request.signed(elsewhere)))))
        .isEqualTo("f has a bad signature");
    assertThat(master.newest("f")).isNull();
    assertThat(durable).isEmpty();
  }

  @Test
  void blocksThatAreNotSignedAsTheyAreAreRefusedAndLeaveNoTrace() {
    open();
    announceSigned(0, 3, null);
    int changes = durable.size();
    assertThat(said(announce(3, 5, null, null)))
        .isEqualTo("f@1 was signed before, and is not any more");
    assertThat(said(announce(3, 5, null, signature(hash(3), null, (long) NOW))))
        .isEqualTo("f@1 has 5 blocks, and a signature of 3");
    assertThat(said(announce(3, 5, null, signature(hash(4).plus(sums(0, 1)), null, (long) NOW))))
        .isEqualTo("f@1 has a bad signature");
    assertThat(said(announce(3, 5, 4500L, signature(hash(5), null, (long) NOW))))
        .isEqualTo("f@1 ends at 4500 bytes, and was signed to end at unknown");
    assertThat(durable).hasSize(changes);
    assertThat(master.publication(FILE).knownBlocks()).isEqualTo(3);
    assertThat(said(announceSigned(3, 5, 4500L))).isEqualTo("yes");
  }

  @Test
  void aPublisherWhoseClockIsFarOffIsToldSo() {
    open();
    long tenYears = 3652L * 86_400;
    assertThat(said(announce(0, 1, null, signature(hash(1), null, (long) NOW + tenYears))))
        .isEqualTo(
            "f@1 was signed at 2037-01-14T08:00:00Z by its publisher's clock, and here it is"
                + " 2027-01-15T08:00:00Z");
  }

  @Test
  void withoutAnAuthoritySignaturesAreKeptUnread() throws Exception {
    restart(ManifestPolicy.OPEN);
    assertThat(said(open())).isEqualTo("yes");
    assertThat(said(announce(0, 2, null, null))).isEqualTo("yes");
    ManifestSignature unread = signature(hash(4), null, 5);
    assertThat(said(announce(2, 4, null, unread))).isEqualTo("yes");
    assertThat(master.manifest(FILE, 0).signature()).isEqualTo(unread);
  }

  @Test
  void whatWasPublishedUnsignedIsSignedByPublishingItAgain() {
    restart(ManifestPolicy.OPEN);
    open();
    announce(0, 5, 4500L, null);
    restart(strict());
    assertThat(said(open())).isEqualTo("yes");
    assertThat(said(announceSigned(5, 5, 4500L))).isEqualTo("yes");
    assertThat(master.manifest(FILE, 0).signature()).isNotNull();
  }

  @Test
  void aHostThatTakesNothingOfAFileIsInTheStatusAndInOneLineOfTheLog() {
    open();
    announceSigned(0, 5, 4500L);
    send(new MasterEvent.DemandPut(new PutDemand("f", null, List.of("b"), 1, null)));
    report(1, new FileState(FILE, BlockSet.EMPTY, 0, 0, false, "has a bad signature"));
    report(2, new FileState(FILE, BlockSet.EMPTY, 0, 0, false, "has a bad signature"));
    assertThat(notes.stream().filter(n -> n.startsWith("b takes")))
        .containsExactly("b takes nothing of f@1: has a bad signature");
    Status.Held held = master.status("f", NOW).hosts().get(1).files().get(0);
    assertThat(held.refusal()).isEqualTo("has a bad signature");
    assertThat(master.open(NOW).problem().demands()).isEmpty();
    assertThat(master.explain("b", "f", null, NOW).summary())
        .isEqualTo("it takes nothing of it: has a bad signature");
    report(3, new FileState(FILE, BlockSet.EMPTY, 0, 0, false));
    assertThat(notes).contains("b takes f@1 again");
  }

  private void report(long sequence, FileState state) {
    send(
        new MasterEvent.Reported(
            new Report(
                "b",
                "i",
                "127.0.0.1:1",
                sequence,
                0,
                true,
                List.of(state),
                List.of(),
                List.of(),
                List.of())));
  }
}
