package dev.waybill.executor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.executor.agent.AgentEffect.CloseCopy;
import dev.waybill.executor.agent.AgentEffect.FetchManifest;
import dev.waybill.executor.agent.AgentEffect.GiveUp;
import dev.waybill.executor.agent.AgentEffect.OpenCopy;
import dev.waybill.executor.agent.AgentEffect.OpenFile;
import dev.waybill.executor.agent.AgentEffect.Publish;
import dev.waybill.executor.agent.AgentEffect.Say;
import dev.waybill.executor.agent.AgentEffect.Scrub;
import dev.waybill.executor.agent.AgentEffect.SendReport;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.BlockRef;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyOutcome;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import dev.waybill.model.protocol.FileSet;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentStateTest {
  private static final FileId FILE = FileId.parse("a@1");

  private final AgentState state = new AgentState("h", "first", "127.0.0.1:1");
  private long now = 1000;

  private List<AgentEffect> apply(AgentEvent event) {
    return state.apply(now, event);
  }

  private static <T> List<T> of(Class<T> type, List<AgentEffect> effects) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Report report(List<AgentEffect> effects) {
    List<SendReport> reports = of(SendReport.class, effects);
    assertThat(reports).hasSize(1);
    return reports.get(0).report();
  }

  private static FileInfo info(int known, Long size) {
    return new FileInfo(FILE, 100, known, size, true, false);
  }

  private static CopyOrder copy(long id, int first, int last) {
    return new CopyOrder(id, FILE, "s", "127.0.0.1:2", first, last, 1e6);
  }

  private static Orders orders(long revision, CopyOrder... copies) {
    return new Orders(
        revision,
        false,
        List.of(copies),
        FileNews.all(List.of(info(10, 1000L))),
        List.of(),
        List.of());
  }

  private List<AgentEffect> answer(Report report, Orders orders) {
    return apply(new AgentEvent.ReportAnswered(report.sequence(), orders));
  }

  /** Reports for the first time and is given these orders. */
  private List<AgentEffect> started(Orders orders) {
    return answer(report(apply(new AgentEvent.Tick())), orders);
  }

  @Test
  void theFirstReportIsCompleteAndTellsWhatWasFoundOnDisk() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 950L, BlockSet.prefix(10), false));
    Report report = report(apply(new AgentEvent.Tick()));
    assertThat(report.complete()).isTrue();
    assertThat(report.seenRevision()).isZero();
    assertThat(report.files())
        .containsExactly(new FileState(FILE, BlockSet.prefix(10), 950, 0, false));
  }

  @Test
  void whatIsMissingIsWhatIsOrderedLessWhatIsHeld() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 1000L, BlockSet.of(2, 4), false));
    List<AgentEffect> effects = started(orders(1, copy(7, 0, 9)));
    assertThat(of(OpenFile.class, effects)).containsExactly(new OpenFile(FILE, 100, false));
    assertThat(of(OpenCopy.class, effects))
        .containsExactly(new OpenCopy(copy(7, 0, 9), BlockSet.prefix(10).minus(BlockSet.of(2, 4))));
  }

  @Test
  void aFileThatTheDiskHasRefusedIsTriedAgainWhenItIsNeeded() {
    started(orders(1));
    apply(new AgentEvent.OpenFailed(FILE));
    Orders next =
        new Orders(
            2,
            false,
            List.of(copy(7, 0, 9)),
            new FileNews(1, List.of(), List.of()),
            List.of(),
            List.of());
    List<AgentEffect> effects = apply(new AgentEvent.OrdersCame(next));
    assertThat(effects)
        .containsSubsequence(
            new OpenFile(FILE, 100, false), new OpenCopy(copy(7, 0, 9), BlockSet.prefix(10)));
  }

  @Test
  void anOrderOfWhatIsHeldAlreadySucceedsAtOnce() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 1000L, BlockSet.of(2, 4), false));
    List<AgentEffect> effects = started(orders(1, copy(7, 3, 4)));
    assertThat(of(OpenCopy.class, effects)).isEmpty();
    assertThat(report(effects).outcomes()).containsExactly(new CopyOutcome.Succeeded(7));
  }

  @Test
  void thatAReceiverHasBrokenOffACopyIsReportedUntilItIsKnown() {
    started(orders(1));
    assertThat(of(SendReport.class, apply(new AgentEvent.BrokenOff(7)))).isEmpty();
    now += 250;
    Report first = report(apply(new AgentEvent.Tick()));
    assertThat(first.brokenOff()).containsExactly(7L);
    apply(new AgentEvent.ReportFailed(first.sequence(), "the master is away"));
    now += 5000;
    Report second = report(apply(new AgentEvent.Tick()));
    assertThat(second.brokenOff()).containsExactly(7L);
    apply(new AgentEvent.ReportAnswered(second.sequence(), null));
    now += 5000;
    assertThat(report(apply(new AgentEvent.Tick())).brokenOff()).isEmpty();
  }

  @Test
  void whoBreaksOffWithoutEndMakesNoReportTooLong() {
    started(orders(1));
    for (int copy = 0; copy < 100_000; copy++) {
      apply(new AgentEvent.BrokenOff(copy));
    }
    now += 250;
    assertThat(report(apply(new AgentEvent.Tick())).brokenOff())
        .hasSize(Reporting.MOST_BROKEN_OFF)
        .endsWith(99_999L);
  }

  @Test
  void copiesThatAreNotOrderedAnyMoreAreClosedAndNewOnesOpened() {
    started(orders(1, copy(1, 0, 1), copy(2, 2, 3)));
    List<AgentEffect> effects =
        apply(new AgentEvent.OrdersCame(orders(2, copy(2, 2, 3), copy(3, 4, 5))));
    assertThat(of(CloseCopy.class, effects)).containsExactly(new CloseCopy(1));
    assertThat(of(OpenCopy.class, effects)).extracting(o -> o.order().id()).containsExactly(3L);
  }

  @Test
  void ordersOfALowerOrTheSameRevisionAreIgnored() {
    started(orders(5, copy(1, 0, 1)));
    assertThat(apply(new AgentEvent.OrdersCame(orders(4)))).isEmpty();
    assertThat(apply(new AgentEvent.OrdersCame(orders(5)))).isEmpty();
    assertThat(state.seenRevision()).isEqualTo(5);
  }

  @Test
  void aCopysStateIsReportedWithItsOrderAndItsNextBlock() {
    started(orders(1, copy(1, 2, 5)));
    apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(2, 3)));
    now += 2000;
    Report report = report(apply(new AgentEvent.Tick()));
    assertThat(report.copies()).hasSize(1);
    assertThat(report.copies().get(0).order()).isEqualTo(copy(1, 2, 5));
    assertThat(report.copies().get(0).next()).isEqualTo(4);
  }

  @Test
  void anOutcomeIsReportedAtOnceAndRepeatedUntilAReportWithItIsAnswered() {
    started(orders(1, copy(1, 0, 1)));
    CopyOutcome outcome =
        new CopyOutcome.Failed(1, CopyOutcome.Reason.REFUSED, 0, List.of("host:s"), "gone");
    Report first = report(apply(new AgentEvent.CopyEnded(outcome)));
    assertThat(first.outcomes()).containsExactly(outcome);
    assertThat(first.copies()).isEmpty();

    assertThat(of(SendReport.class, apply(new AgentEvent.ReportFailed(first.sequence(), "no"))))
        .isEmpty();
    now += 1000;
    Report second = report(apply(new AgentEvent.Tick()));
    assertThat(second.outcomes()).containsExactly(outcome);
    assertThat(second.sequence()).isGreaterThan(first.sequence());

    answer(second, null);
    now += 2000;
    assertThat(report(apply(new AgentEvent.Tick())).outcomes()).isEmpty();
  }

  @Test
  void aCopyThatHasEndedStaysEndedAndIsToldAgainWhileOrdersHoldIt() {
    started(orders(1, copy(1, 0, 1)));
    Report told = report(apply(new AgentEvent.CopyEnded(new CopyOutcome.Succeeded(1))));
    List<AgentEffect> effects = answer(told, orders(2, copy(1, 0, 1)));
    assertThat(of(OpenCopy.class, effects)).isEmpty();
    Report again = report(effects);
    assertThat(again.outcomes()).containsExactly(new CopyOutcome.Succeeded(1));
    assertThat(of(SendReport.class, answer(again, orders(3)))).isEmpty();
  }

  @Test
  void oneReportIsInFlightAtATime() {
    report(apply(new AgentEvent.Tick()));
    now += 10_000;
    assertThat(apply(new AgentEvent.Tick())).isEmpty();
    assertThat(apply(new AgentEvent.ReportAnswered(99, null))).as("not this one").isEmpty();
  }

  @Test
  void storedBlocksAreReportedAtMostOnceASecondAndOnlyTheirFile() {
    apply(new AgentEvent.FileFound(FileId.parse("other@1"), 100, 0, null, BlockSet.EMPTY, false));
    started(orders(1, copy(1, 0, 9)));
    now += 100;
    assertThat(of(SendReport.class, apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(0, 1)))))
        .isEmpty();
    now += 900;
    Report report = report(apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(2, 2))));
    assertThat(report.complete()).isFalse();
    assertThat(report.files())
        .containsExactly(new FileState(FILE, BlockSet.of(0, 2), 300, 0, false));

    apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(3, 3)));
    assertThat(of(SendReport.class, answer(report, null))).as("too early").isEmpty();
    now += 1000;
    assertThat(report(apply(new AgentEvent.Tick())).files())
        .as("what came while the report was under way")
        .containsExactly(new FileState(FILE, BlockSet.of(0, 3), 400, 0, false));
  }

  @Test
  void aHostWithoutNewsReportsEveryTwoSeconds() {
    started(orders(1));
    now += 1999;
    assertThat(apply(new AgentEvent.Tick())).isEmpty();
    now += 1;
    assertThat(report(apply(new AgentEvent.Tick())).files()).isEmpty();
  }

  @Test
  void aMasterWithoutThisHostsStateGetsACompleteReportAndCopiesGoOn() {
    started(orders(3, copy(1, 0, 9)));
    apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(0, 1)));
    Orders resync = new Orders(9, true, List.of(), FileNews.all(List.of()), List.of(), List.of());
    now += 1000;
    List<AgentEffect> effects = apply(new AgentEvent.OrdersCame(resync));
    assertThat(of(CloseCopy.class, effects)).isEmpty();
    Report report = report(effects);
    assertThat(report.complete()).isTrue();
    assertThat(report.copies()).hasSize(1);
    assertThat(report.seenRevision()).isEqualTo(3);
    assertThat(of(SendReport.class, answer(report, resync))).as("not in a hot loop").isEmpty();
    now += 1000;
    assertThat(report(apply(new AgentEvent.Tick())).complete()).isTrue();
  }

  @Test
  void aResyncThatComesWhileAReportIsUnderWayIsNotForgotten() {
    started(orders(3));
    now += 2000;
    Report underWay = report(apply(new AgentEvent.Tick()));
    apply(
        new AgentEvent.OrdersCame(
            new Orders(9, true, List.of(), FileNews.all(List.of()), List.of(), List.of())));
    answer(underWay, null);
    now += 1000;
    assertThat(report(apply(new AgentEvent.Tick())).complete()).isTrue();
  }

  @Test
  void anOutageIsSaidOnceAndReportsAreTriedAgain() {
    Report report = report(apply(new AgentEvent.Tick()));
    int said = 0;
    int sent = 0;
    for (int i = 0; i < 400; i++) {
      List<AgentEffect> effects =
          apply(new AgentEvent.ReportFailed(report.sequence(), "unreachable"));
      said += of(Say.class, effects).size();
      now += 50;
      List<SendReport> again = of(SendReport.class, apply(new AgentEvent.Tick()));
      if (!again.isEmpty()) {
        report = again.get(0).report();
        sent++;
      }
    }
    assertThat(said).isEqualTo(1);
    assertThat(sent).isBetween(10, 12);
    assertThat(report.complete()).isTrue();
  }

  @Test
  void manifestsAreFetchedWhileTheMasterKnowsMore() {
    List<AgentEffect> effects = started(orders(1));
    assertThat(of(FetchManifest.class, effects)).containsExactly(new FetchManifest(FILE));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.Tick()))).as("one at a time").isEmpty();
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 6, null))))
        .containsExactly(new FetchManifest(FILE));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 10, 1000L))))
        .isEmpty();
  }

  @Test
  void aManifestThatIsNotBelievedIsReportedAndAskedForLessAndLessOften() {
    started(orders(1, copy(7, 0, 9)));
    String why = "has a bad signature";
    List<AgentEffect> effects = apply(new AgentEvent.ManifestRefused(FILE, why));
    assertThat(of(Say.class, effects))
        .extracting(Say::line)
        .containsExactly("nothing of a@1 is taken: it has a bad signature");
    assertThat(report(effects).files())
        .containsExactly(new FileState(FILE, BlockSet.EMPTY, 0, 0, false, why));
    for (int pause : new int[] {1000, 2000, 4000}) {
      now += pause - 1;
      assertThat(of(FetchManifest.class, apply(new AgentEvent.ChecksumMissing(FILE, 0)))).isEmpty();
      now++;
      assertThat(of(FetchManifest.class, apply(new AgentEvent.Tick()))).hasSize(1);
      assertThat(of(Say.class, apply(new AgentEvent.ManifestRefused(FILE, why)))).isEmpty();
    }
    assertThat(of(Say.class, apply(new AgentEvent.ManifestStored(FILE, 10, 1000L))))
        .extracting(Say::line)
        .containsExactly("the manifest of a@1 is believed now");
  }

  @Test
  void aManifestThatCouldNotBeFetchedIsTriedAgainLater() {
    started(orders(1));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestFailed(FILE, "gone"))))
        .isEmpty();
    now += 1000;
    assertThat(of(FetchManifest.class, apply(new AgentEvent.Tick()))).hasSize(1);
  }

  @Test
  void aBlockWithoutAChecksumMakesItFetchedAtOnce() {
    Orders early =
        new Orders(1, false, List.of(), FileNews.all(List.of(info(0, null))), List.of(), List.of());
    assertThat(of(FetchManifest.class, started(early))).isEmpty();
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ChecksumMissing(FILE, 0))))
        .containsExactly(new FetchManifest(FILE));
  }

  @Test
  void aChecksumThatIsAskedForWhileOthersAreFetchedIsAskedForAgainWhereItIsNotAmongThem() {
    started(orders(1));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 10, null))))
        .hasSize(1);
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ChecksumMissing(FILE, 12)))).isEmpty();
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ChecksumMissing(FILE, 11)))).isEmpty();
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 12, null))))
        .containsExactly(new FetchManifest(FILE));
    apply(new AgentEvent.ChecksumMissing(FILE, 12));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 13, null))))
        .as("block 12 may be the last one, and short")
        .containsExactly(new FetchManifest(FILE));
    apply(new AgentEvent.ChecksumMissing(FILE, 12));
    assertThat(of(FetchManifest.class, apply(new AgentEvent.ManifestStored(FILE, 13, 1300L))))
        .isEmpty();
  }

  @Test
  void aWholeFileIsPublishedAndThenReportedAtOnce() {
    started(orders(1, copy(1, 0, 9)));
    apply(new AgentEvent.ManifestStored(FILE, 10, 1000L));
    assertThat(of(Publish.class, apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(0, 8)))))
        .isEmpty();
    List<AgentEffect> effects = apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(9, 9)));
    assertThat(of(Publish.class, effects)).containsExactly(new Publish(FILE));
    assertThat(report(apply(new AgentEvent.Published(FILE))).files())
        .containsExactly(new FileState(FILE, BlockSet.prefix(10), 1000, 0, true));
  }

  @Test
  void aFileOfSizeZeroIsPublished() {
    Orders zero =
        new Orders(1, false, List.of(), FileNews.all(List.of(info(0, 0L))), List.of(), List.of());
    assertThat(of(FetchManifest.class, started(zero))).hasSize(1);
    assertThat(of(Publish.class, apply(new AgentEvent.ManifestStored(FILE, 0, 0L)))).hasSize(1);
  }

  @Test
  void whatCouldNotBePublishedIsTriedAgain() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 1000L, BlockSet.prefix(10), false));
    assertThat(of(Publish.class, apply(new AgentEvent.Tick()))).hasSize(1);
    assertThat(of(Publish.class, apply(new AgentEvent.PublishFailed(FILE, "full")))).isEmpty();
    now += 10_000;
    assertThat(of(Publish.class, apply(new AgentEvent.Tick()))).hasSize(1);
  }

  @Test
  void blocksThatOthersBlameAreReadAgainOnceAndLossesReportedAtOnce() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 1000L, BlockSet.prefix(10), true));
    List<BlockRef> blamed = List.of(new BlockRef(FILE, 3), new BlockRef(FILE, 5));
    List<FileInfo> files = List.of(info(10, 1000L));
    List<AgentEffect> effects =
        started(new Orders(1, false, List.of(), FileNews.all(files), blamed, List.of()));
    assertThat(of(Scrub.class, effects)).hasSize(1);
    assertThat(of(Scrub.class, effects).get(0).suspects())
        .isEqualTo(BlockSet.of(3, 3).union(BlockSet.of(5, 5)));
    Orders same = new Orders(2, false, List.of(), FileNews.all(files), blamed, List.of());
    assertThat(of(Scrub.class, apply(new AgentEvent.OrdersCame(same)))).isEmpty();
    Report report = report(apply(new AgentEvent.BlocksLost(FILE, BlockSet.of(5, 5))));
    assertThat(report.files())
        .containsExactly(
            new FileState(FILE, BlockSet.prefix(10).minus(BlockSet.of(5, 5)), 500, 1, false));
  }

  @Test
  void anUnknownHostGivesUp() {
    assertThat(apply(new AgentEvent.HostUnknown()))
        .contains(new GiveUp("the master knows no host 'h'"));
  }

  @Test
  void theFileSetIsKeptBeforeAnyCopyBegins() {
    List<AgentEffect> effects = started(orders(Orders.number(3, 1), copy(7, 0, 9)));
    List<AgentEffect> inOrder =
        effects.stream()
            .filter(e -> e instanceof AgentEffect.KeepFileSet || e instanceof OpenCopy)
            .toList();
    assertThat(inOrder).hasSize(2);
    assertThat(inOrder.get(0))
        .isEqualTo(new AgentEffect.KeepFileSet(new FileSet(3, List.of(FILE))));
  }

  @Test
  void whatIsMissingOfTheFileSetIsWorkedOutBeforeAnyMasterIsHeard() {
    apply(new AgentEvent.FileSetFound(new FileSet(3, List.of(FILE))));
    apply(new AgentEvent.FileFound(FILE, 100, 10, 950L, BlockSet.of(0, 3), false));
    assertThat(report(apply(new AgentEvent.Tick())).files())
        .containsExactly(new FileState(FILE, BlockSet.of(0, 3), 400, 6, false));
  }

  @Test
  void ordersOfALowerEpochAreNotObeyedEvenAfterARestart() {
    apply(new AgentEvent.FileSetFound(new FileSet(3, List.of())));
    List<AgentEffect> effects = started(orders(Orders.number(2, 99), copy(7, 0, 9)));
    assertThat(of(OpenCopy.class, effects)).isEmpty();
    assertThat(of(AgentEffect.KeepFileSet.class, effects)).isEmpty();

    effects = apply(new AgentEvent.OrdersCame(orders(Orders.number(3, 1), copy(7, 0, 9))));
    assertThat(of(OpenCopy.class, effects)).hasSize(1);
  }

  @Test
  void whatIsToBeFreedIsDeletedUnlessItIsStillConcerned() {
    apply(new AgentEvent.FileFound(FILE, 100, 10, 1000L, BlockSet.prefix(10), true));
    List<FileId> free = List.of(FILE);
    List<AgentEffect> effects =
        started(
            new Orders(
                1, false, List.of(), FileNews.all(List.of(info(10, 1000L))), List.of(), free));
    assertThat(of(AgentEffect.Free.class, effects)).isEmpty();

    effects =
        apply(
            new AgentEvent.OrdersCame(
                new Orders(2, false, List.of(), FileNews.all(List.of()), List.of(), free)));
    assertThat(of(AgentEffect.Free.class, effects)).containsExactly(new AgentEffect.Free(FILE));

    now += 1000;
    assertThat(report(apply(new AgentEvent.Freed(FILE))).files())
        .containsExactly(new FileState(FILE, BlockSet.EMPTY, 0, 0, false));
  }

  private static CopyOutcome.Failed broken(long id, String from) {
    return new CopyOutcome.Failed(
        id, CopyOutcome.Reason.BROKEN, 3, List.of("host:" + from), "it broke");
  }

  private static CopyOrder copyFrom(long id, String from, int block) {
    return new CopyOrder(id, FILE, from, "127.0.0.1:2", block, block, 1e6);
  }

  @Test
  void aBrokenConnectionMakesTheWaySuspectAndSeveralAtOnceTheOwnInterface() {
    started(orders(1, copyFrom(7, "s", 0), copyFrom(8, "t", 1), copyFrom(9, "t", 2)));

    Report first = report(apply(new AgentEvent.CopyEnded(broken(7, "s"))));
    answer(first, null);
    now += 1000;
    Report second = report(apply(new AgentEvent.CopyEnded(broken(8, "t"))));
    answer(second, null);
    now += 1000;
    answer(report(apply(new AgentEvent.BlocksHeld(FILE, BlockSet.of(2, 2)))), null);
    Report third = report(apply(new AgentEvent.CopyEnded(broken(9, "t"))));

    assertThat(blamed(first)).containsExactly("host:s", "path:s>h");
    assertThat(blamed(second)).containsExactly("host:t", "path:t>h", "interface:h");
    assertThat(blamed(third)).containsExactly("host:t", "path:t>h");
  }

  private static List<String> blamed(Report report) {
    return report.outcomes().stream()
        .flatMap(o -> ((CopyOutcome.Failed) o).blamed().stream())
        .toList();
  }
}
