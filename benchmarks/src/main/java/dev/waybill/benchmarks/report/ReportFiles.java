package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.picture.Picture;
import dev.waybill.model.json.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder that the report of a comparison is written to. */
public final class ReportFiles {
  private final Path folder;

  private ReportFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder, which is made where it is not there.
   *
   * @throws IOException where it can't be written to
   */
  public static ReportFiles in(Path folder) throws IOException {
    ReportFiles files = new ReportFiles(folder);
    Files.createDirectories(files.schedules());
    Files.delete(Files.createTempFile(folder, "bench", ".part"));
    return files;
  }

  /** The folder for the schedules; it is there. */
  public Path schedules() {
    return folder.resolve("schedules");
  }

  /** The page. */
  public Path page() {
    return folder.resolve("index.html");
  }

  /**
   * Writes everything but the schedules.
   *
   * @param pictures by instance and solver
   */
  public void write(BenchResult result, Map<String, Map<String, Picture>> pictures)
      throws IOException {
    write("bench.json", Messages.pretty(result) + "\n");
    write("bench.csv", CsvFile.of(result));
    write("index.html", HtmlPage.of(result, pictures));
  }

  private void write(String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
