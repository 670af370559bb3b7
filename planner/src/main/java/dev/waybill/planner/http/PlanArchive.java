package dev.waybill.planner.http;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.json.ScheduleFormat;
import dev.waybill.model.schedule.Schedule;
import dev.waybill.planner.master.PlanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's last schedules, each beside the instance that it was made for, as files that {@code
 * plan} and {@code verify} read. Failing to keep one is no failure of the master.
 */
final class PlanArchive {
  private static final Logger log = LoggerFactory.getLogger(PlanArchive.class);
  private static final int KEPT = 20;

  private final Path folder;

  PlanArchive(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  void keep(PlanRequest request, Schedule schedule) {
    try {
      InstanceFormat.write(request.problem(), file(request.number(), "instance"));
      ScheduleFormat.write(schedule, file(request.number(), "schedule"));
      prune("instance");
      prune("schedule");
    } catch (IOException e) {
      log.warn("plan {} could not be kept: {}", request.number(), e.getMessage());
    }
  }

  private Path file(long number, String kind) {
    return folder.resolve("%s-%08d.json.gz".formatted(kind, number));
  }

  private void prune(String kind) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(p -> p.getFileName().toString().startsWith(kind + "-"))
              .sorted(Comparator.comparing(PlanArchive::modified))
              .toList();
    }
    for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
      Files.deleteIfExists(old);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
