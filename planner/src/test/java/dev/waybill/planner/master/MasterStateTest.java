package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.network.Allowance;
import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.CopyState;
import dev.waybill.model.protocol.FileState;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Status;
import dev.waybill.model.protocol.WhatIf;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.protocol.Withdrawn;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.unit.DataRate;
import dev.waybill.planner.Topology;
import dev.waybill.planner.bound.LowerBound;
import dev.waybill.planner.cache.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterStateTest {
  private static final long BLOCK = 1 << 20;
  private static final long SIZE = 64 * BLOCK - 12_345;

  /**
   *
   *
   * <pre>
   *   east: h0 h1 ... ---- wan (shared, each way) ---- west: ... hn
   *   every host: 10 MB/s each way
   * </pre>
   */
  private static Network twoSites(int n, double wanRate) {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    resources.add(new Resource("east-west", new DataRate(wanRate), 0));
    resources.add(new Resource("west-east", new DataRate(wanRate), 0));
    for (int i = 0; i < n; i++) {
      resources.add(new Resource("h" + i + ".up", new DataRate(10e6), 0));
      resources.add(new Resource("h" + i + ".down", new DataRate(10e6), 0));
      hosts.add(
          new Host(
              "h" + i,
              2 * i < n ? "east" : "west",
              List.of("h" + i + ".up"),
              List.of("h" + i + ".down")));
    }
    return new Network(
        resources,
        List.of(
            new Path("east", "west", List.of("east-west")),
            new Path("west", "east", List.of("west-east"))),
        hosts);
  }

  /** A host other than the origin h0 that sends at the moment. */
  private static MasterSimulation.SimHost passingOn(MasterSimulation world) {
    return world.hosts.values().stream()
        .filter(h -> !h.id.equals("h0") && world.allocated(h.id + ".up") > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyHostGetsTheFileNearTheProvenMinimum() {
    MasterSimulation world = new MasterSimulation(twoSites(8, 10e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);

    world.runUntilDone(file, 60);

    Status.FileStatus status = world.status().files().get(0);
    assertThat(status.complete()).isEqualTo(8);
    assertThat(status.atLeastSeconds()).isPositive();
    assertThat(status.plannedSeconds()).isGreaterThanOrEqualTo(status.atLeastSeconds());
    assertThat(status.elapsedSeconds())
        .isBetween(status.atLeastSeconds(), 1.3 * status.plannedSeconds());
    world.hosts.values().stream()
        .filter(h -> !h.id.equals("h0"))
        .forEach(h -> assertThat(h.fetchedBlocks).as(h.id).isEqualTo(64));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hostsThatDieAndComeBackGetTheFileAllTheSame(long seed) {
    Random random = new Random(seed);
    MasterSimulation world = new MasterSimulation(twoSites(6 + random.nextInt(5), 8e6), random);
    world.solveSeconds = seed % 2 == 0 ? 0 : 2;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    for (int i = 0; i < 3; i++) {
      world.run(0.5 + 2 * random.nextDouble());
      String victim = "h" + (1 + random.nextInt(world.hosts.size() - 1));
      world.hosts.get(victim).kill();
      world.run(random.nextDouble() * (random.nextBoolean() ? 2 : 14));
      world.hosts.get(victim).restart();
    }

    world.runUntilDone(file, 120);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void copiesGoOnWhileTheMasterIsGoneAndItTakesThemUpAgain(long seed) {
    Random random = new Random(seed);
    MasterSimulation world = new MasterSimulation(twoSites(8, 10e6), random);
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(1 + 2 * random.nextDouble());
    int before = world.hosts.get("h7").held(file).count();
    world.stopMaster();
    world.run(1.5);
    assertThat(world.hosts.get("h7").held(file).count()).isGreaterThan(before);
    world.startMaster();

    world.runUntilDone(file, 60);

    assertThat(world.hosts.get("h7").fetchedBlocks).isEqualTo(64);
  }

  @Test
  void aCorruptBlockIsFetchedFromSomewhereElseAndTheHolderGivesItUp() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.runUntilDone(file, 60);
    world.hosts.get("h0").corrupt(file, 6);
    world.hosts.get("h1").corrupt(file, 5);
    world.hosts.get("h2").corrupt(file, 5);
    world.hosts.get("h3").wipe();
    world.run(0.5);
    assertThat(world.done(file)).isFalse();

    world.runUntilDone(file, 60);

    assertThat(world.notes).anyMatch(n -> n.contains("CHECKSUM_DIFFERS"));
    world.hosts.values().forEach(h -> assertThat(h.servesCorruptly(file)).as(h.id).isFalse());
  }

  @Test
  void blocksOfAGrowingFileArriveWhileLaterOnesAreBeingMade() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("log.bin");
    FileId file = world.open("log.bin", BLOCK, "h0");
    for (int block = 0; block < 10; block++) {
      world.grow(file, BLOCK, block, block == 9, "h0");
      world.run(2);
      if (block < 9) {
        assertThat(world.hosts.get("h3").held(file)).isEqualTo(BlockSet.prefix(block + 1));
        assertThat(world.done(file)).isFalse();
      }
    }

    world.runUntilDone(file, 10);
  }

  /** Blocks of a growing file are made at a steady rate; the last of them is not the end. */
  private static void grow(
      MasterSimulation world, FileId file, int first, int count, double blocksPerSecond) {
    for (int block = first; block < first + count; block++) {
      world.run(1 / blocksPerSecond);
      world.grow(file, BLOCK, block, false, "h0");
    }
  }

  /** When the blocks that an instance expects at their origin are there, by its figures. */
  private static Map<Integer, Double> expected(Problem problem, String file) {
    BlockLayout layout = problem.files().get(file).layout();
    Map<Integer, Double> at = new TreeMap<>();
    for (Generation g : problem.generations()) {
      for (int block = g.first(); block <= g.last(); block++) {
        at.put(block, g.heldAt(layout, block));
      }
    }
    return at;
  }

  @Test
  void aFileThatGrowsSteadilyIsPlannedWithTheTimesAtWhichItsBlocksAreMade() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("log.bin");
    FileId file = world.open("log.bin", BLOCK, 120 * BLOCK, "h0");
    grow(world, file, 0, 20, 1);

    Map<Integer, Double> expected = expected(world.snapshot().problem(), "log.bin");
    assertThat(expected.keySet()).contains(20, 119);
    for (int block = 20; block < 120; block++) {
      assertThat(expected.get(block)).as("block " + block).isCloseTo(block - 19, within(2.5));
    }
    double plannedEnd = world.plannedEnd();

    grow(world, file, 20, 99, 1);
    world.run(1);
    world.grow(file, BLOCK, 119, true, "h0");
    world.runUntilDone(file, 10);
    assertThat(plannedEnd).isCloseTo(world.now, within(5.0));
    world.hosts.values().stream()
        .skip(1)
        .forEach(h -> assertThat(h.fetchedBlocks).as(h.id).isEqualTo(120));
  }

  @Test
  void aGeneratorThatChangesItsRateIsFollowed() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("log.bin");
    FileId file = world.open("log.bin", BLOCK, 200 * BLOCK, "h0");
    grow(world, file, 0, 80, 4);
    assertThat(world.plannedEnd() - world.now).isCloseTo(120 / 4.0, within(5.0));

    grow(world, file, 80, 15, 0.5);
    assertThat(expected(world.snapshot().problem(), "log.bin").get(199))
        .isCloseTo(105 / 0.5, within(10.0));
    // What is off by more than half is planned anew at once, the rest of it at the next period.
    assertThat(world.plannedEnd() - world.now).isBetween(105 / 1.0, 105 / 0.25);
    grow(world, file, 95, 15, 0.5);
    assertThat(world.plannedEnd() - world.now).isCloseTo(90 / 0.5, within(10.0));
  }

  @Test
  void aGeneratorThatPausesHoldsNobodyUpForLong() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("log.bin");
    FileId growing = world.open("log.bin", BLOCK, 40 * BLOCK, "h0");
    grow(world, growing, 0, 10, 1);
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    // All three others want 64 blocks of 0.1 s, and for ten seconds the generator might go on.
    world.runUntilDone(file, 40);
    assertThat(world.notes).anyMatch(n -> n.contains("publisher of log.bin@1 has fallen silent"));
    world.run(20);
    assertThat(expected(world.snapshot().problem(), "log.bin")).isEmpty();

    grow(world, growing, 10, 5, 1);
    world.run(0.5);
    assertThat(expected(world.snapshot().problem(), "log.bin")).hasSize(25);
    grow(world, growing, 15, 24, 1);
    world.run(1);
    world.grow(growing, BLOCK, 39, true, "h0");
    world.runUntilDone(growing, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 29, 45})
  void aFileThatComesOutShorterOrLongerThanItWasToBeIsDistributedAllTheSame(int blocks) {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("log.bin");
    FileId file = world.open("log.bin", BLOCK, 30 * BLOCK, "h0");
    grow(world, file, 0, blocks - 1, 2);
    world.run(0.5);
    world.grow(file, BLOCK, blocks - 1, true, "h0");

    world.runUntilDone(file, 5);
    world.hosts.values().stream()
        .skip(1)
        .forEach(h -> assertThat(h.fetchedBlocks).as(h.id).isEqualTo(blocks));
    assertThat(world.status().planning().runningCopies()).isZero();
  }

  @Test
  void thatAFileHasGrownIsNewsForItsOriginAtOnceAndForOthersInAWhile() {
    MasterState master =
        new MasterState(Fleet.of(twoSites(2, 10e6)), MasterConfig.standard(), 1, List.of(), 100);
    master.apply(new MasterEvent.DemandPut(new PutDemand("a.bin", null, List.of(), 1, null)), 100);
    master.apply(
        new MasterEvent.PublicationOpened(
            new OpenPublication("a.bin", null, BLOCK, null, List.of("h0"))),
        101);
    FileId file = new FileId("a.bin", 1);
    assertThat(woken(master, new MasterEvent.Ticked(), 102)).doesNotContain("h0");

    assertThat(woken(master, announced(file, 0), 103)).containsExactly("h0");
    assertThat(woken(master, announced(file, 1), 103.2)).containsExactly("h0");
    assertThat(woken(master, new MasterEvent.Ticked(), 103.4)).isEmpty();
    assertThat(woken(master, new MasterEvent.Ticked(), 103.6)).containsExactly("h1");
    assertThat(woken(master, new MasterEvent.Ticked(), 105)).isEmpty();
    AnnounceBlocks end = new AnnounceBlocks(file, 2, List.of(), 2 * BLOCK);
    assertThat(woken(master, new MasterEvent.BlocksAnnounced(end), 106))
        .as("its end, for which both may wait")
        .containsExactlyInAnyOrder("h0", "h1");
  }

  private static MasterEvent<?> announced(FileId file, int block) {
    return new MasterEvent.BlocksAnnounced(
        new AnnounceBlocks(file, block, MasterSimulation.checksums(file, block, 1), null));
  }

  private static List<String> woken(MasterState master, MasterEvent<?> event, double now) {
    return master.apply(event, now).effects().stream()
        .filter(MasterEffect.OrdersChanged.class::isInstance)
        .map(e -> ((MasterEffect.OrdersChanged) e).host())
        .toList();
  }

  @Test
  void aLowerVersionAndOtherContentOfTheSameVersionAreRefused() {
    MasterSimulation world = new MasterSimulation(twoSites(2, 10e6), new Random(1));
    world.accepted(
        new MasterEvent.PublicationOpened(
            new OpenPublication("a.bin", 7L, BLOCK, SIZE, List.of("h0"))));
    FileId file = new FileId("a.bin", 7);
    world.accepted(
        new MasterEvent.BlocksAnnounced(
            new AnnounceBlocks(file, 0, MasterSimulation.checksums(file, 0, 3), null)));

    assertThat(
            world.send(
                new MasterEvent.PublicationOpened(
                    new OpenPublication("a.bin", 6L, BLOCK, SIZE, List.of()))))
        .isInstanceOf(Reply.Declined.class)
        .hasToString(
            "Declined[why=CONFLICT, detail=version 6 of a.bin is older than 7, which is the newest]");
    assertThat(
            world.send(
                new MasterEvent.BlocksAnnounced(
                    new AnnounceBlocks(file, 2, MasterSimulation.checksums(file, 8, 1), null))))
        .hasToString(
            "Declined[why=CONFLICT, detail=block 2 of a.bin@7 has other content than was published]");
    assertThat(
            world
                .accepted(
                    new MasterEvent.PublicationOpened(
                        new OpenPublication("a.bin", null, BLOCK, SIZE, List.of())))
                .file())
        .isEqualTo(new FileId("a.bin", 8));
  }

  @Test
  void whatIsAcknowledgedIsThereAfterARestart() {
    MasterSimulation world = new MasterSimulation(twoSites(3, 10e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.accepted(
        new MasterEvent.DemandPut(new PutDemand("later.bin", 4L, List.of("h2"), 2, 60.0)));
    List<Status.FileStatus> before = world.status().files();

    world.startMaster();

    assertThat(world.status().files())
        .usingRecursiveComparison()
        .ignoringFields("elapsedSeconds", "atLeastSeconds", "plannedSeconds")
        .isEqualTo(before);
    assertThat(world.status().files().get(0).isFinal()).isTrue();
    world.runUntilDone(file, 60);
  }

  @Test
  void reportsThatMakeNoSenseAreDeclinedAndChangeNothing() {
    MasterSimulation world = new MasterSimulation(twoSites(2, 10e6), new Random(1));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    Status before = world.status();

    Reply<Optional<Orders>> unknown =
        world.send(new MasterEvent.Reported(report("nobody", file, BlockSet.EMPTY)));
    Reply<Optional<Orders>> outOfRange =
        world.send(new MasterEvent.Reported(report("h1", file, BlockSet.of(64, 64))));

    assertThat(unknown)
        .hasToString("Declined[why=UNKNOWN, detail=the master knows no host 'nobody']");
    assertThat(outOfRange)
        .hasToString("Declined[why=MALFORMED, detail=a.bin@1 has no block 64, and h1 reports it]");
    assertThat(world.status()).isEqualTo(before);
  }

  private static Report report(String host, FileId file, BlockSet held) {
    return new Report(
        host,
        "x",
        "127.0.0.1:1",
        1,
        0,
        true,
        List.of(new FileState(file, held, 0, 0, false)),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void aFileThatNobodyHoldsIsNamedAndTheOthersAreDistributed() {
    MasterSimulation world = new MasterSimulation(twoSites(3, 10e6), new Random(1));
    world.demand("a.bin");
    world.demand("lost.bin");
    FileId lost = world.publish("lost.bin", SIZE, BLOCK, "h1", 1);
    world.hosts.get("h1").kill();
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);

    world.run(40);

    assertThat(world.hosts.get("h2").held(file).count()).isEqualTo(64);
    assertThat(world.done(lost)).isFalse();
    assertThat(world.status().planning().problem()).contains("lost.bin");
  }

  @Test
  void aSnapshotIsTheReportedStateLessWhatIsAllocated() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.demand("a.bin");
    world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(3);

    PlanRequest snapshot = world.snapshot();

    assertThat(snapshot.problem().demands()).hasSize(4);
    assertThat(snapshot.problem().inProgress()).isNotEmpty();
    assertThat(snapshot.problem().held("h0", "a.bin").count()).isEqualTo(64);
  }

  private static MasterConfig quick() {
    return MasterConfig.standard().withGrace(20).withFailures(new FailureRules(3, 60, 30));
  }

  @Test
  void aLiarTakesNoHonestHostOut() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(6, 10e6)), quick(), new Random(1));
    for (String host : List.of("h0", "h1", "h2", "h3", "h4")) {
      world.hosts.get("h5").slandered.add(host);
    }
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(60);

    assertThat(world.status().failed()).isEmpty();
    for (String host : List.of("h1", "h2", "h3", "h4")) {
      assertThat(world.hosts.get(host).held(file).count()).as(host).isEqualTo(64);
    }
  }

  @Test
  void aHostFromWhichEverythingBreaksGoesOutOfServiceAndIsPlannedAround() {
    MasterSimulation world =
        new MasterSimulation(
            Fleet.of(twoSites(6, 10e6)),
            quick().withFailures(new FailureRules(1.5, 60, 30)),
            new Random(1));
    world.demand("a.bin");
    FileId first = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.runUntilDone(first, 60);
    world.hosts.get("h1").broken = true;
    for (String host : List.of("h2", "h3", "h4", "h5")) {
      world.hosts.get(host).wipe();
    }
    world.run(0.5);

    world.runUntilDone(first, 90);
    assertThat(world.notes).anyMatch(n -> n.contains("host:h1 is out of service"));
    assertThat(world.status().suspects()).anyMatch(s -> s.component().equals("host:h1"));

    world.hosts.get("h1").broken = false;
    world.run(40);
    assertThat(world.notes).anyMatch(n -> n.contains("host:h1 is probed"));
    assertThat(world.status().failed()).isEmpty();
  }

  @Test
  void whenMostHostsFallSilentTogetherNobodyIsBlamedAndTheirCopiesGoOn() {
    MasterSimulation world = new MasterSimulation(twoSites(8, 3e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(2);
    world.hosts.values().stream().limit(6).forEach(h -> h.mute = true);
    world.run(15);
    assertThat(world.notes).anyMatch(n -> n.contains("nobody is blamed"));
    assertThat(world.notes).noneMatch(n -> n.contains("has been silent"));
    assertThat(world.status().suspects()).isEmpty();
    world.hosts.values().forEach(h -> h.mute = false);

    world.runUntilDone(file, 60);
    world.hosts.values().stream()
        .skip(1)
        .forEach(h -> assertThat(h.fetchedBlocks).as(h.id).isEqualTo(64));
  }

  @Test
  void oneHostThatFallsSilentIsPlannedAroundAndComesBackWithoutHarm() {
    MasterSimulation world = new MasterSimulation(twoSites(8, 10e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(2);
    world.hosts.get("h6").kill();
    world.run(30);
    assertThat(world.notes).anyMatch(n -> n.contains("h6 has been silent"));
    for (String host : List.of("h1", "h2", "h3", "h4", "h5", "h7")) {
      assertThat(world.hosts.get(host).held(file).count()).as(host).isEqualTo(64);
    }
    world.hosts.get("h6").restart();

    world.runUntilDone(file, 60);
  }

  @Test
  void aGroupsFileSetIsThatOfEachOfItsHostsAlsoOfThoseThatJoinLater() {
    Network network = twoSites(6, 10e6);
    Fleet before = new Fleet(network, Map.of("edge", List.of("h2", "h3")), Map.of());
    MasterSimulation world = new MasterSimulation(before, quick(), new Random(1));
    world.accepted(
        new MasterEvent.DemandPut(new PutDemand("a.bin", null, List.of("edge"), 1, null)));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.runUntilDone(file, 60);
    assertThat(world.status().files().get(0).demands()).isEqualTo(2);
    assertThat(world.hosts.get("h5").held(file)).isEqualTo(BlockSet.EMPTY);

    world.edit(new Fleet(network, Map.of("edge", List.of("h2", "h3", "h5")), Map.of()));
    world.runUntilDone(file, 60);
    assertThat(world.hosts.get("h5").held(file).count()).isEqualTo(64);
  }

  @Test
  void aHostThatIsAddedToTheNetworkFileGetsWhatEverybodyIsToHave() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(4, 10e6)), quick(), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    world.edit(Fleet.of(twoSites(6, 5e6)));

    world.runUntilDone(file, 90);
    assertThat(world.hosts.get("h5").held(file).count()).isEqualTo(64);
  }

  @Test
  void aNewVersionIsDistributedWhileTheOldOneIsMovingAndTheOldOneIsFreedAfterTheGraceTime() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(4, 10e6)), quick(), new Random(1));
    world.demand("a.bin");
    FileId old = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    assertThat(world.done(old)).isFalse();
    FileId now = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.runUntilDone(now, 60);
    world.run(10);
    assertThat(world.hosts.get("h2").freed).isEmpty();
    world.run(30);
    assertThat(world.hosts.get("h2").freed).containsExactly(old);
    assertThat(world.hosts.get("h2").held(now).count()).isEqualTo(64);
    assertThat(world.hosts.get("h0").freed).as("an origin keeps what it was given").isEmpty();
  }

  @Test
  void whatIsWithdrawnIsDeletedEverywhereAndItsNumberIsNotUsedAgain() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(4, 10e6)), quick(), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    assertThat(
            world.accepted(new MasterEvent.WithdrawAsked(new Withdraw("a.bin", null, List.of()))))
        .isEqualTo(new Withdrawn("a.bin", 1, 4));
    world.run(10);
    world.hosts.values().forEach(h -> assertThat(h.held(file)).as(h.id).isEqualTo(BlockSet.EMPTY));
    assertThat(world.status().files()).isEmpty();
    world.startMaster();
    assertThat(world.status().files()).isEmpty();
    assertThat(world.publish("a.bin", SIZE, BLOCK, "h0", 100e6)).isEqualTo(new FileId("a.bin", 2));
  }

  @Test
  void theOnlyCopyOfABlockIsNeverFreed() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(4, 10e6)), quick(), new Random(1));
    world.accepted(new MasterEvent.DemandPut(new PutDemand("a.bin", null, List.of("h2"), 1, null)));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.runUntilDone(file, 60);
    world.hosts.get("h0").wipe();
    world.hosts.get("h0").kill();
    world.accepted(new MasterEvent.WithdrawAsked(new Withdraw("a.bin", null, List.of("h2"))));
    world.run(60);
    assertThat(world.status().files().get(0).demands()).isZero();
    assertThat(world.hosts.get("h2").held(file).count()).isEqualTo(64);
  }

  @Test
  void aDemandThatBeginsLaterIsPlannedAheadAndNothingMovesBefore() {
    MasterSimulation world =
        new MasterSimulation(Fleet.of(twoSites(4, 10e6)), quick(), new Random(1));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    double begin = world.now + 20;
    world.accepted(
        new MasterEvent.DemandPut(new PutDemand("a.bin", null, List.of(), 1, null, begin, false)));
    world.run(19.9);
    assertThat(world.hosts.get("h3").held(file)).isEqualTo(BlockSet.EMPTY);
    PlanRequest ahead =
        world.solved().stream().filter(PlanRequest::ahead).reduce((a, b) -> b).orElseThrow();
    assertThat(ahead.askedAt()).isEqualTo(begin);
    assertThat(ahead.problem().demands()).hasSize(4 - 1);

    world.run(1.5);
    assertThat(world.hosts.get("h3").held(file).count()).isPositive();
    PlanRequest then =
        world.solved().stream().filter(r -> !r.ahead()).reduce((a, b) -> b).orElseThrow();
    assertThat(Fingerprint.of(then.problem(), "")).isEqualTo(Fingerprint.of(ahead.problem(), ""));
    world.runUntilDone(file, 60);
  }

  @Test
  void copiesKeepWithinTheWindowInWhichTheyStart() {
    Network network = twoSites(4, 10e6);
    // Until 00:01 of the day the way to the west has all of its 10 MB/s, then 1 MB/s.
    Allowance allowance =
        new Allowance(0, List.of(new Allowance.Window(60, 86_400, List.of(), 1e6)));
    Fleet fleet = new Fleet(network, Map.of(), Map.of("east-west", allowance));
    MasterSimulation world = new MasterSimulation(fleet, quick(), new Random(1));
    world.now = Math.floor(world.now / 86_400) * 86_400 + 86_400 + 56;
    world.startMaster();
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);

    // Every event checks what is allocated against the capacities in force.
    world.run(15);
    assertThat(world.done(file)).isFalse();
    world.runUntilDone(file, 120);
  }

  @Test
  void aNewDemandIsPlannedBesideTheScheduleInForceWithoutDisturbingIt() {
    MasterSimulation world = new MasterSimulation(twoSites(8, 10e6), new Random(1));
    List<FileId> files = new ArrayList<>();
    for (String name : List.of("a.bin", "b.bin", "c.bin")) {
      world.demand(name);
      files.add(world.publish(name, SIZE, BLOCK, "h0", 100e6));
      world.run(1.5);
    }
    assertThat(world.status().planning().waitingCopies()).isPositive();
    long plans = world.status().planning().plans();
    world.accepted(new MasterEvent.DemandPut(new PutDemand("d.bin", null, List.of("h3"), 1, null)));
    FileId last = world.publish("d.bin", SIZE / 4, BLOCK, "h1", 100e6);
    world.run(0.5);

    assertThat(world.status().planning().plans()).isGreaterThan(plans);
    PlanRequest beside = world.solved().get(world.solved().size() - 1);
    List<Traffic.Planned> kept = beside.kept();
    assertThat(kept).isNotEmpty();
    assertThat(beside.problem().inProgress())
        .hasSizeGreaterThanOrEqualTo(kept.size())
        .allMatch(c -> c.start() < 120);
    world.accepted(new MasterEvent.DemandPut(new PutDemand("e.bin", null, List.of("h3"), 1, null)));
    FileId again = world.publish("e.bin", SIZE / 4, BLOCK, "h1", 100e6);
    world.run(0.5);
    assertThat(world.solved().get(world.solved().size() - 1).problem().inProgress())
        .isNotEmpty()
        .allMatch(c -> c.start() < 120);
    assertThat(world.explain("h4", "c.bin").doneInSeconds()).isBetween(0.1, 120.0);
    world.runUntilDone(last, 60);
    world.runUntilDone(again, 60);
    files.forEach(f -> world.runUntilDone(f, 120));
    world.hosts.values().stream()
        .skip(4)
        .forEach(h -> assertThat(h.fetchedBlocks).as(h.id).isEqualTo(3 * 64));
  }

  @Test
  void aReceiverThatCanGetNothingFromASenderIsServedByAnother() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    world.hosts.get("h3").slandered.add("h2");
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);

    world.runUntilDone(file, 60);

    assertThat(world.status().failed()).isEmpty();
    assertThat(world.notes.stream().filter(n -> n.contains("h3 could not get")).count())
        .isLessThan(8);
  }

  @Test
  void aSenderThatOnlySaysThatItWaitsIsSuspectedAndOthersAreAsked() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 2e6), new Random(1));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 4 * SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    MasterSimulation.SimHost idle = passingOn(world);
    idle.idle = true;

    world.run(80);

    assertThat(world.status().suspects())
        .anySatisfy(
            s -> {
              assertThat(s.component()).isEqualTo("host:" + idle.id);
              assertThat(s.evidence().get(0)).contains("it says that it waits for block ");
            });
    world.runUntilDone(file, 400);
  }

  @Test
  void aHostThatIsTakenFromTheNetworkLeavesNothingThatWaitsForIt() {
    Network eight = twoSites(8, 10e6);
    MasterSimulation world = new MasterSimulation(eight, new Random(1));
    for (String name : List.of("a.bin", "b.bin", "c.bin")) {
      world.demand(name);
      world.publish(name, SIZE, BLOCK, "h0", 100e6);
      world.run(1.5);
    }
    String gone =
        world.hosts.keySet().stream()
            .filter(h -> world.explain(h, "c.bin").waitingCopies() > 0)
            .findFirst()
            .orElseThrow();
    world.hosts.get(gone).kill();

    world.edit(without(eight, gone));

    world.runUntilDone(new FileId("c.bin", 1), 120);
  }

  @Test
  void aHostThatIsTakenFromTheNetworkWhileASolverPlansWithItStopsNothing() {
    Network eight = twoSites(8, 10e6);
    MasterSimulation world = new MasterSimulation(eight, new Random(1));
    world.solveSeconds = 1;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(0.5);
    world.hosts.get("h7").kill();

    world.edit(without(eight, "h7"));

    world.runUntilDone(file, 60);
    assertThat(world.solved().get(0).problem().network().hosts()).containsKey("h7");
  }

  private static Fleet without(Network network, String gone) {
    List<Host> left = network.hosts().values().stream().filter(h -> !h.id().equals(gone)).toList();
    return Fleet.of(new Network(List.copyOf(network.resources().values()), network.paths(), left));
  }

  @ParameterizedTest
  @CsvSource({"0,9,-1", "0,9,NaN", "0,9,Infinity", "-1,9,1", "9,3,1"})
  void copiesThatNobodyCanHaveOrderedAreNotBelieved(int first, int last, double rate) {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(1);

    Reply<?> reply = world.send(new MasterEvent.Reported(claiming(file, first, last, rate)));

    assertThat(reply).isInstanceOf(Reply.Declined.class);
    world.demand("a.bin");
    world.runUntilDone(file, 60);
  }

  @Test
  void aCopyThatItsWayCannotCarryIsNotBooked() {
    MasterSimulation world = new MasterSimulation(twoSites(4, 10e6), new Random(1));
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(1);

    world.accepted(new MasterEvent.Reported(claiming(file, 0, 9, 1e12)));
    CopyOrder fromNobody = new CopyOrder(2, file, "nobody", "h9:7000", 0, 9, 1e6);
    world.accepted(new MasterEvent.Reported(saying(2, new CopyState(fromNobody, 0))));

    assertThat(world.allocated("h0.up")).isZero();
    world.demand("a.bin");
    world.runUntilDone(file, 60);
  }

  /** A host that has not been heard of says that it carries out what an earlier master ordered. */
  private static Report claiming(FileId file, int first, int last, double rate) {
    CopyOrder order = new CopyOrder(1, file, "h0", "h0:7000", first, last, rate);
    return saying(1, new CopyState(order, Math.max(0, first)));
  }

  private static Report saying(long sequence, CopyState copy) {
    return new Report(
        "h3",
        "other",
        "h3:7000",
        sequence,
        0,
        true,
        List.of(),
        List.of(copy),
        List.of(),
        List.of());
  }

  @Test
  void theLastCopiesArePlannedAnewOnceOthersHaveMadeRoom() {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      resources.add(new Resource("h" + i + ".up", new DataRate(5e6), 0));
      resources.add(new Resource("h" + i + ".down", new DataRate(40e6), 0));
      hosts.add(new Host("h" + i, "a", List.of("h" + i + ".up"), List.of("h" + i + ".down")));
    }
    Network network = new Network(resources, List.of(), hosts);
    MasterSimulation world = new MasterSimulation(network, new Random(1));
    world.hosts.get("h7").uplink = 3e6;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    double seconds = world.runUntilDone(file, 60);

    double throughTheSlowOne = SIZE / world.hosts.get("h7").uplink;
    assertThat(seconds).isBetween(SIZE / 5e6, 0.98 * throughTheSlowOne);
    assertThat(world.solved()).anyMatch(r -> !r.ending().isEmpty());
  }

  @Test
  void whenSixOfTwentyHostsDieAtOnceTheRestAreDoneInAQuarterMoreThanTheyNeed() {
    MasterSimulation world = new MasterSimulation(twoSites(20, 10e6), new Random(11));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 1200 * BLOCK, BLOCK, "h0", 200e6);
    world.run(30);
    List<String> killed = List.of("h2", "h5", "h8", "h11", "h14", "h17");
    killed.forEach(h -> world.hosts.get(h).kill());
    Problem left =
        MasterState.changed(world.snapshot().problem(), new WhatIf(killed, Map.of(), List.of()));
    double bound = LowerBound.of(left).seconds();
    double killedAt = world.now;

    while (world.status().files().get(0).complete() < 14) {
      world.run(0.5);
      assertThat(world.now - killedAt).as("%s", world.status()).isLessThan(1.25 * bound + 10);
    }

    assertThat(bound).isGreaterThan(60);
    assertThat(world.done(file)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h7", "h12", "h15"})
  void aHostThatDiesAndComesBackInTheMiddleCostsLessThanAFifthMore(String victim) {
    Network t3 = Topology.t3().spread(1, BLOCK).network();
    MasterSimulation world = new MasterSimulation(t3, new Random(5));
    world.solveSeconds = 0.5;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 256 * BLOCK, BLOCK / 4, "s", 300e6);
    world.run(1);
    double planned = world.status().files().get(0).plannedSeconds();
    world.run(0.3 * planned);
    world.hosts.get(victim).kill();
    double killedAt = world.now;
    world.run(6);
    world.hosts.get(victim).restart();

    double rest = world.runUntilDone(file, 3 * planned);

    List<PlanRequest> after =
        world.solved().stream().filter(r -> r.askedAt() >= killedAt && !r.ahead()).toList();
    assertThat(after.get(0).problem().inProgress()).noneMatch(c -> c.from().equals(victim));
    assertThat(1 + 0.3 * planned + 6 + rest).isLessThan(1.2 * planned);
  }

  @Test
  void aHostThatReportsKeepsItsCopiesWhateverItsSendersSay() {
    MasterSimulation world = new MasterSimulation(twoSites(6, 10e6), new Random(3));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    assertThat(world.allocated("h5.down")).isPositive();
    for (int i = 0; i < 20; i++) {
      world.hosts.get("h5").seemsGone();
      world.run(0.1);
    }

    world.runUntilDone(file, 60);

    assertThat(world.hosts.get("h5").fetchedBlocks).isEqualTo(64);
    assertThat(world.solved()).allMatch(r -> r.problem().network().hosts().containsKey("h5"));
  }

  @Test
  void whatADeadHostWasBeingSentIsFreeOnceItsSenderHasSaidThatItIsGone() {
    MasterSimulation world = new MasterSimulation(twoSites(3, 10e6), new Random(2));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 4 * SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    String leaf =
        world.hosts.keySet().stream()
            .filter(h -> !h.equals("h0") && world.allocated(h + ".up") == 0)
            .findFirst()
            .orElseThrow();
    world.hosts.get(leaf).kill();

    world.run(0.4 * MasterConfig.standard().lease());

    assertThat(world.allocated(leaf + ".down")).isZero();
    assertThat(world.status().suspects()).isEmpty();
    world.hosts.get(leaf).restart();
    world.runUntilDone(file, 90);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aHostThatHasLostItsLinkIsPlannedAroundLongBeforeItsLeaseEnds(int seed) {
    double lease = MasterConfig.standard().lease();
    MasterSimulation world = new MasterSimulation(twoSites(8, 5e6), new Random(seed));
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 4 * SIZE, BLOCK, "h0", 100e6);
    world.run(3);
    MasterSimulation.SimHost victim = passingOn(world);
    victim.loseLink();
    double cutAt = world.now;

    world.run(0.6 * lease);

    assertThat(world.allocated(victim.id + ".down")).isZero();
    assertThat(world.allocated(victim.id + ".up")).isZero();
    assertThat(world.status().suspects()).isEmpty();
    assertThat(world.solved())
        .anyMatch(
            r ->
                r.askedAt() > cutAt
                    && r.problem().inProgress().stream()
                        .noneMatch(c -> c.from().equals(victim.id)));
    victim.regainLink();
    world.runUntilDone(file, 90);
    assertThat(world.status().failed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5e6, false", "5e6, true", "7.5e6, false", "7.5e6, true"})
  void aResourceThatGivesLessThanIsStatedIsReportedAndPlannedWithWhereThatIsAskedFor(
      double gives, boolean used) {
    List<Resource> resources = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      resources.add(new Resource("h" + i + ".up", new DataRate(i == 0 ? 10e6 : 0.5e6), 0));
      resources.add(new Resource("h" + i + ".down", new DataRate(4e6), 0));
      hosts.add(new Host("h" + i, "here", List.of("h" + i + ".up"), List.of("h" + i + ".down")));
    }
    MasterSimulation world =
        new MasterSimulation(
            Fleet.of(new Network(resources, List.of(), hosts)),
            MasterConfig.standard().withMeasured(used),
            new Random(3));
    world.hosts.get("h0").uplink = gives;
    world.demand("a.bin");
    FileId file = world.publish("a.bin", 200 * BLOCK, BLOCK, "h0", 200e6);
    world.run(60);

    assertThat(world.status().slow()).hasSize(1);
    Status.Slow slow = world.status().slow().get(0);
    assertThat(slow.resource()).isEqualTo("h0.up");
    assertThat(slow.stated()).isEqualTo(10e6);
    assertThat(slow.measured()).isBetween(0.85 * gives, 1.1 * gives);
    assertThat(world.notes).anyMatch(n -> n.matches(".*h0.up (seems to give|gives) .*"));
    double planned =
        world.snapshot().problem().network().resources().get("h0.up").capacity().bytesPerSecond();
    assertThat(planned).isEqualTo(used ? slow.measured() : 10e6);
    world.runUntilDone(file, 300);
  }

  @Test
  void aFileOfATerabyteIsPlannedInTheBlocksThatPublishCutsItInto() {
    long size = 1_000_000_000_000L;
    MasterSimulation world = new MasterSimulation(twoSites(8, 10e6), new Random(1));
    world.demand("big.bin");
    world.publish("big.bin", size, 16 * BLOCK, "h0", 100e6);
    world.run(1);

    double planned = world.plannedEnd() - world.now;
    assertThat(planned).isBetween(size / 10e6 - 60, 1.05 * size / 10e6);
    Problem problem = world.solved().get(world.solved().size() - 1).problem();
    assertThat(problem.files().values()).anyMatch(f -> f.layout().size() == size);
  }

  @Test
  void twoToTheThirtyFirstBlocksAreDeclinedWhenTheyAreOpened() {
    MasterSimulation world = new MasterSimulation(twoSites(2, 10e6), new Random(1));
    OpenPublication most = new OpenPublication("a", null, 1, (1L << 31) - 1, List.of("h0"));
    assertThat(world.accepted(new MasterEvent.PublicationOpened(most)).blockSize()).isEqualTo(1);
    for (OpenPublication open :
        List.of(
            new OpenPublication("b", null, 1, 1L << 31, List.of("h0")),
            new OpenPublication("b", null, 16 * BLOCK, Long.MAX_VALUE, List.of("h0")))) {
      assertThat(world.send(new MasterEvent.PublicationOpened(open)))
          .hasToString(
              "Declined[why=MALFORMED, detail=a file of %d bytes in blocks of %d has 2^31 blocks or more]"
                  .formatted(open.expectedSize(), open.blockSize()));
    }
  }

  @Test
  void anEndBeyondTwoToTheThirtyFirstBlocksIsDeclined() {
    MasterSimulation world = new MasterSimulation(twoSites(2, 10e6), new Random(1));
    FileId file = world.open("a", 1, "h0");
    for (long size : new long[] {-1, 0, 3, 1L << 31, (1L << 32) + 2, Long.MAX_VALUE}) {
      AnnounceBlocks end =
          new AnnounceBlocks(file, 0, MasterSimulation.checksums(file, 0, 2), size);
      assertThat(world.send(new MasterEvent.BlocksAnnounced(end)))
          .hasToString(
              "Declined[why=CONFLICT, detail=%d bytes are not the 2 blocks that a@1 has]"
                  .formatted(size));
    }
  }
}
