package dev.waybill.executor.publish;

import java.io.IOException;

/** How far a file that the generator publishes reaches. */
interface Extent {
  /**
   * Waits until the file has {@code bytes}, or will not grow any more.
   *
   * @return at least {@code bytes}, or fewer: then that is all of it
   */
  long await(long bytes) throws IOException, InterruptedException, ContentDiffers;

  /**
   * @param published bytes of the file that have been published
   */
  void requireUnchanged(long published) throws IOException, ContentDiffers;
}
