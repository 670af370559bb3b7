package dev.waybill.executor.publish;

import java.io.IOException;

/** Whether somebody has told the master that the file which the generator follows is complete. */
@FunctionalInterface
interface FinalRequest {
  boolean isThere() throws IOException, InterruptedException;
}
