package dev.waybill.model.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The independent checker of instances and schedules, {@code check_schedule.py}, where it stands
 * beside the project: in the folder that the environment calls {@code WAYBILL_SHARED}, or else in
 * {@code ../shared}.
 */
public final class ReferenceChecker {
  /** Calls the checker's own main for one pair of arguments after the other. */
  private static final String DRIVER =
      """
      import contextlib, importlib.util, io, sys
      spec = importlib.util.spec_from_file_location("check_schedule", sys.argv[1])
      checker = importlib.util.module_from_spec(spec)
      spec.loader.exec_module(checker)
      for line in sys.stdin:
          out, err = io.StringIO(), io.StringIO()
          sys.argv = ["check_schedule.py", "--json", *line.split()]
          with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
              status = checker.main()
          lines = (out.getvalue() or err.getvalue()).splitlines()
          print(status, " ".join(lines[-1].split()), flush=True)
      """;

  /**
   * What it says.
   *
   * @param status 0 valid, 1 not, 2 malformed
   * @param figures its last line: a JSON document, or what is malformed
   */
  public record Answer(int status, String figures) {}

  private ReferenceChecker() {}

  private static Path script() {
    Path shared =
        Optional.ofNullable(System.getenv("WAYBILL_SHARED"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("waybill.home", ".."), "..", "shared"));
    return shared.resolve("tools/check_schedule.py");
  }

  /** Whether the checker is there, and something to run it with. */
  public static boolean isThere() {
    try {
      return Files.exists(script())
          && new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Checks instances alone. */
  public static List<Answer> checkInstances(List<Path> instances)
      throws IOException, InterruptedException {
    return run(instances.stream().map(Path::toString).toList());
  }

  /**
   * @param files an instance, a schedule, an instance, a schedule, ...
   */
  public static List<Answer> checkPairs(List<Path> files) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < files.size(); i += 2) {
      arguments.add(files.get(i) + " " + files.get(i + 1));
    }
    return run(arguments);
  }

  private static List<Answer> run(List<String> arguments) throws IOException, InterruptedException {
    Path in = Files.createTempFile("arguments", ".txt");
    try {
      Files.write(in, arguments);
      Process python =
          new ProcessBuilder("python3", "-c", DRIVER, script().toString())
              .redirectInput(in.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (python.waitFor() != 0 || out.lines().count() != arguments.size()) {
        throw new IllegalStateException("the reference checker broke off after: " + out);
      }
      return out.lines().map(ReferenceChecker::answer).toList();
    } finally {
      Files.delete(in);
    }
  }

  private static Answer answer(String line) {
    int space = line.indexOf(' ');
    return new Answer(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
  }
}
