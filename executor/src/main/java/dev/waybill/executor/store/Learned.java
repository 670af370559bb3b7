package dev.waybill.executor.store;

/** What the block store has made of a page of a manifest. */
public sealed interface Learned {
  /** All that it says is known now. */
  record Taken() implements Learned {}

  /** It is kept until the rest of what its signature covers is here; nothing of it counts yet. */
  record Kept() implements Learned {}

  /**
   * It is not believed, and nothing of it is kept.
   *
   * @param reason in words that follow the file's name
   */
  record Refused(String reason) implements Learned {}
}
