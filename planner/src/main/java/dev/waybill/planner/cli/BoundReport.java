package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.schedule.Demand;
import dev.waybill.planner.bound.Bottleneck;
import dev.waybill.planner.bound.Bound;
import dev.waybill.planner.bound.DeadlineProof;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What {@code plan} says about what is proven: the bound, what binds, and deadlines that no
 * schedule meets.
 */
record BoundReport(Bound bound, List<DeadlineProof> impossible) {
  private static final int SHOWN = 5;

  /** The fields beside those of a schedule. */
  void write(JsonGenerator json) throws IOException {
    json.writeStringField("because", bound.because());
    json.writeNumberField("scoreBound", bound.score());
    json.writeArrayFieldStart("bottlenecks");
    for (Bottleneck b : bound.bottlenecks()) {
      json.writeStartObject();
      json.writeStringField("resource", b.resource());
      json.writeNumberField("secondsPerUnit", b.secondsPerUnit());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("impossibleDeadlines");
    for (DeadlineProof p : impossible) {
      json.writeStartObject();
      json.writeArrayFieldStart("demands");
      for (Demand d : p.demands()) {
        json.writeStartObject();
        json.writeStringField("host", d.host());
        json.writeStringField("file", d.file());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("deadline", p.deadline());
      json.writeNumberField("atLeast", p.atLeast());
      json.writeStringField("because", p.because());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** All that {@code plan --bound-only} has to say. */
  void writeAlone(String instance, double tookSeconds, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("instance", instance);
    json.writeNumberField("lowerBound", bound.seconds());
    write(json);
    json.writeNumberField("boundSeconds", tookSeconds);
    json.writeEndObject();
  }

  void printAlone(String instance, double tookSeconds) {
    line("instance", instance);
    line("lower bound", seconds(bound.seconds()) + "   " + bound.because());
    line("score bound", String.format(Locale.ROOT, "%.6f", bound.score()));
    line("proven in", seconds(tookSeconds));
    print();
  }

  /** What binds, and what deadlines can't be met. */
  void print() {
    for (Bottleneck b : bound.bottlenecks().stream().limit(SHOWN).toList()) {
      line(
          "bottleneck",
          b.resource()
              + String.format(
                  Locale.ROOT, "   1 MB/s more saves %.4g s", b.secondsPerUnit() * 1e6));
    }
    more(bound.bottlenecks().size());
    for (DeadlineProof p : impossible.stream().limit(SHOWN).toList()) {
      line(
          "impossible",
          String.format(
              Locale.ROOT,
              "%s by %.6g s: it takes %.6g s at least: %s",
              what(p.demands()),
              p.deadline(),
              p.atLeast(),
              p.because()));
    }
    more(impossible.size());
  }

  private static String what(List<Demand> demands) {
    Demand first = demands.get(0);
    return demands.size() == 1
        ? first.file() + " at " + first.host()
        : "all " + demands.size() + " demands";
  }

  private static void more(int all) {
    if (all > SHOWN) {
      line("", "and " + (all - SHOWN) + " more");
    }
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6g s", value);
  }

  static void line(String what, String value) {
    System.out.printf(Locale.ROOT, "%-12s %s%n", what, value);
  }
}
