package dev.waybill.benchmarks.report;

import dev.waybill.benchmarks.compare.BenchResult;
import dev.waybill.benchmarks.compare.InstanceResult;
import dev.waybill.benchmarks.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a comparison as one page that needs nothing else: no script, no network, its style
 * and its drawings inside.
 */
final class HtmlPage {
  /** So many instances are unfolded from the start. */
  private static final int UNFOLDED = 3;

  private HtmlPage() {}

  /**
   * @param pictures by instance and solver
   */
  static String of(BenchResult result, Map<String, Map<String, Picture>> pictures) {
    Series series = Series.of(result);
    String title =
        "Waybill bench: "
            + count(result.solvers().size(), "solver")
            + " on "
            + count(result.instances().size(), "instance");
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\">\n<title>").append(title).append("</title>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n");
    html.append(style()).append("</style></head>\n<body><main>\n<h1>").append(title);
    html.append("</h1>\n").append(settings(result));
    if (!result.instances().isEmpty()) {
      html.append(Overview.html(result, series));
      html.append("<section>\n<h2>Instance by instance</h2>\n");
      boolean open = result.instances().size() <= UNFOLDED;
      for (InstanceResult instance : result.instances()) {
        Map<String, Picture> drawn = pictures.getOrDefault(instance.instance().name(), Map.of());
        html.append(InstanceSection.html(instance, series, drawn, open));
      }
      html.append("</section>\n");
    }
    return html.append("</main></body></html>\n").toString();
  }

  private static String settings(BenchResult result) {
    BenchResult.Settings s = result.settings();
    String text =
        String.format(
            Locale.ROOT,
            "%s, %s a solver and instance, %s s each at most, %s. Waybill %s on %s, %s, %s. Took %s s.",
            result.started().replace('T', ' ').replace("Z", " UTC"),
            count(s.runs(), "run"),
            Say.precise(s.timeLimitSeconds()),
            s.ownProcesses()
                ? "each in a JVM of its own, whose start is not counted"
                : "all in one JVM, which is warm after the first",
            result.waybill(),
            count(result.machine().processors(), "processor"),
            result.machine().system(),
            result.machine().java(),
            Say.seconds(result.seconds()));
    String incomplete =
        result.complete()
            ? ""
            : "<p class=\"reason\">Interrupted: this is what was complete by then.</p>\n";
    return "<p class=\"note\">" + Svg.escaped(text) + "</p>\n" + incomplete;
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks page.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page.css", e);
    }
  }
}
