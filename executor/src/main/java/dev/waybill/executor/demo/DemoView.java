package dev.waybill.executor.demo;

import dev.waybill.model.protocol.Status;

/** Who watches the demonstration. */
public interface DemoView {
  /** A word about what begins. */
  void step(String line);

  /**
   * How far it is, several times a second.
   *
   * @param blocks of the whole file
   */
  void progress(Status status, double elapsedSeconds, int blocks);
}
