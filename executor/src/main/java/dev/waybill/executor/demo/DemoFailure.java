package dev.waybill.executor.demo;

/** Why the demonstration did not come to its end: one line. */
public final class DemoFailure extends Exception {
  DemoFailure(String line) {
    super(line);
  }
}
