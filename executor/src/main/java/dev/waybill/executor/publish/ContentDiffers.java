package dev.waybill.executor.publish;

/**
 * Why the generator stops: what it reads is not what has been published, or has changed while it
 * was being published.
 */
public final class ContentDiffers extends Exception {
  ContentDiffers(String line) {
    super(line);
  }
}
