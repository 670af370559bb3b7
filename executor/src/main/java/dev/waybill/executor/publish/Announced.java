package dev.waybill.executor.publish;

import java.util.OptionalLong;

/**
 * How far the generator has come: the blocks whose checksums the master has, which may be fed to
 * origins.
 */
final class Announced {
  private int count;
  private OptionalLong size = OptionalLong.empty();

  /** The blocks below {@code blocks} may be fed. */
  synchronized void upTo(int blocks) {
    count = Math.max(count, blocks);
    notifyAll();
  }

  /** There is no further block. */
  synchronized void end(long bytes) {
    size = OptionalLong.of(bytes);
    notifyAll();
  }

  /** Waits until more than {@code blocks} may be fed; fewer come back only after the end. */
  synchronized int awaitMoreThan(int blocks) throws InterruptedException {
    while (count <= blocks && size.isEmpty()) {
      wait();
    }
    return count;
  }

  synchronized int count() {
    return count;
  }

  /** Bytes of the whole file, once its end has been announced. */
  synchronized OptionalLong size() {
    return size;
  }
}
