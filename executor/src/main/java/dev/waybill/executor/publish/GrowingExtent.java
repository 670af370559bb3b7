package dev.waybill.executor.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The extent of a file that is still being written while the generator publishes it: it ends when
 * it has not grown for a while, or when somebody says so.
 */
final class GrowingExtent implements Extent {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration ASK = Duration.ofSeconds(1);

  private final Path file;
  private final Duration idle;
  private final FinalRequest finalRequest;
  private long size;
  private long grownNanos = System.nanoTime();
  private long askedNanos = System.nanoTime() - ASK.toNanos();
  private boolean over;

  /**
   * @param idle how long it has not grown when it is complete
   * @param finalRequest asked once a second
   */
  GrowingExtent(Path file, Duration idle, FinalRequest finalRequest) {
    this.file = file;
    this.idle = idle;
    this.finalRequest = finalRequest;
  }

  @Override
  public long await(long bytes) throws IOException, InterruptedException, ContentDiffers {
    while (!over && look() < bytes) {
      over = idle() || asked();
      if (!over) {
        Thread.sleep(POLL.toMillis());
      } else {
        look();
      }
    }
    return size;
  }

  private long look() throws IOException, ContentDiffers {
    long now = Files.size(file);
    if (now < size) {
      throw shrunk();
    }
    if (now > size) {
      size = now;
      grownNanos = System.nanoTime();
    }
    return size;
  }

  private boolean idle() {
    return System.nanoTime() - grownNanos >= idle.toNanos();
  }

  private boolean asked() throws IOException, InterruptedException {
    if (System.nanoTime() - askedNanos < ASK.toNanos()) {
      return false;
    }
    askedNanos = System.nanoTime();
    return finalRequest.isThere();
  }

  @Override
  public void requireUnchanged(long published) throws IOException, ContentDiffers {
    if (Files.size(file) < published) {
      throw shrunk();
    }
  }

  private ContentDiffers shrunk() {
    return new ContentDiffers(file + " has shrunk while it was being published");
  }
}
