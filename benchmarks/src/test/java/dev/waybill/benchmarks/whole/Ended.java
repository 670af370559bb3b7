package dev.waybill.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** A command of Waybill that has run as a process: how it ended, and what it printed. */
record Ended(List<String> words, int status, String out, String err) {
  /** Fails, with all that was printed, where it ended in another way. */
  Ended with(int expected) {
    assertThat(status).as("status of %s", this).isEqualTo(expected);
    return this;
  }

  /** Ended with this status and one line on standard error, which is no stack trace's. */
  String line(int expected) {
    with(expected);
    assertThat(err.lines()).as("standard error of %s", this).hasSize(1);
    assertThat(err).as("standard error of %s", this).startsWith("waybill: ");
    return err.stripTrailing();
  }

  /** The one document on standard output. */
  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
