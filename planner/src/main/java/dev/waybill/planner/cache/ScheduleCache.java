package dev.waybill.planner.cache;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.model.schedule.ScheduleChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable cache of the planner (claim 8): a folder of schedules, a file for each problem that
 * was solved. What is found is checked again before it is used; failing to keep or to find one is
 * no failure. For one thread.
 */
public final class ScheduleCache {
  private static final Logger log = LoggerFactory.getLogger(ScheduleCache.class);

  private final Path folder;
  private final int kept;

  /**
   * @param kept how many schedules; those that were not used for the longest time go first
   */
  public ScheduleCache(Path folder, int kept) throws IOException {
    this.folder = folder;
    this.kept = kept;
    Files.createDirectories(folder);
  }

  /** A schedule of this very problem that was made before; empty where there is none. */
  public Optional<Schedule> find(Fingerprint fingerprint, Problem problem) {
    Path file = file(fingerprint);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Schedule s = ScheduleFormat.read(file, problem);
      Schedule named =
          new Schedule(
              problem.name(),
              s.solver(),
              s.makespan(),
              s.lowerBound(),
              s.cost(),
              s.score(),
              s.solveSeconds(),
              s.copies());
      if (!ScheduleChecker.check(problem, named).valid()) {
        log.warn("{} is no schedule of its problem, and is ignored", file);
        return Optional.empty();
      }
      touch(file);
      return Optional.of(named);
    } catch (IOException | FormatException e) {
      log.warn("{} can't be used: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  public void keep(Fingerprint fingerprint, Schedule schedule) {
    try {
      ScheduleFormat.write(schedule, file(fingerprint));
      prune();
    } catch (IOException e) {
      log.warn("a schedule could not be cached: {}", e.getMessage());
    }
  }

  private Path file(Fingerprint fingerprint) {
    return folder.resolve(fingerprint.hex() + ".json.gz");
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
  }

  private void prune() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(p -> p.toString().endsWith(".json.gz"))
              .sorted(Comparator.comparingLong(p -> p.toFile().lastModified()))
              .toList();
    }
    for (Path old : files.subList(0, Math.max(0, files.size() - kept))) {
      Files.deleteIfExists(old);
    }
  }
}
