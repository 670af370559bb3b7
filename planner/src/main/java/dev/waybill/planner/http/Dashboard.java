package dev.waybill.planner.http;

import com.google.common.io.Resources;
import dev.waybill.runtime.http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The master's page for people: one HTML document that asks the API for the rest. */
final class Dashboard {
  private Dashboard() {}

  static Answer page() throws IOException {
    return Answer.html(
        Resources.toString(
            Resources.getResource(Dashboard.class, "dashboard.html"), StandardCharsets.UTF_8));
  }
}
