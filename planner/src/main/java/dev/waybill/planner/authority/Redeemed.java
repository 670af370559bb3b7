package dev.waybill.planner.authority;

import java.time.Instant;

/** What comes of a token that a host shows to the certificate authority. */
public sealed interface Redeemed {
  /** It was good, and is used up now. */
  record Granted(String host) implements Redeemed {}

  /** It has been used before. */
  record Used(String host) implements Redeemed {}

  record Expired(String host, Instant at) implements Redeemed {}

  /** It is good, but for another host, and stays so. */
  record OtherHost() implements Redeemed {}

  /** This authority has not made it. */
  record Unknown() implements Redeemed {}
}
