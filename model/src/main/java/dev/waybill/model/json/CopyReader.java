package dev.waybill.model.json;

import dev.waybill.model.schedule.Copy;
import java.io.IOException;

/** Reads copies, which an instance has in progress and a schedule plans, one after the other. */
final class CopyReader {
  private static final Keys KEYS =
      Keys.required("file", "from", "to", "first", "last", "start", "rate");

  /** Reads a name; may replace it by an equal one, so that a million copies share a few names. */
  interface Names {
    String read() throws IOException, FormatException;
  }

  /** Reads a start, of which the formats disagree whether it may be negative. */
  interface Start {
    double read() throws IOException, FormatException;
  }

  private final JsonCursor json;
  private final Names hosts;
  private final Names files;
  private final Start startRule;
  private String file = "";
  private String from = "";
  private String to = "";
  private int first;
  private int last;
  private double start;
  private double rate;

  CopyReader(JsonCursor json, Names hosts, Names files, Start startRule) {
    this.json = json;
    this.hosts = hosts;
    this.files = files;
    this.startRule = startRule;
  }

  Copy read() throws IOException, FormatException {
    json.object(KEYS, this::field);
    if (first > last) {
      throw json.wrongBelow("last", "it is " + last + ", and first is " + first);
    }
    return new Copy(file, from, to, first, last, start, rate);
  }

  private void field(String key) throws IOException, FormatException {
    switch (key) {
      case "file" -> file = files.read();
      case "from" -> from = hosts.read();
      case "to" -> to = hosts.read();
      case "first" -> first = json.block();
      case "last" -> last = json.block();
      case "start" -> start = startRule.read();
      default -> rate = json.positive();
    }
  }
}
