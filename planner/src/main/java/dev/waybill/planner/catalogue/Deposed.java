package dev.waybill.planner.catalogue;

import java.io.IOException;

/** A write to the catalogue came from a master that no longer leads. */
public final class Deposed extends IOException {
  Deposed(int epoch) {
    super("this master's epoch " + epoch + " is over: another one leads");
  }
}
