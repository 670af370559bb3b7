package dev.waybill.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * Why an endpoint of an HTTP server does not do what it is asked: an HTTP status and one line for
 * people.
 */
public final class Refusal extends Exception {
  private final int status;
  private final @Nullable String location;
  private final boolean turnsAway;

  public Refusal(int status, String detail) {
    this(status, detail, null, status == 403);
  }

  private Refusal(int status, String detail, @Nullable String location, boolean turnsAway) {
    super(detail);
    this.status = status;
    this.location = location;
    this.turnsAway = turnsAway;
  }

  /**
   * Another server does what is asked (307).
   *
   * @param server {@code http://HOST:PORT} or {@code https://HOST:PORT}
   */
  public static Refusal elsewhere(String server, String detail) {
    return new Refusal(307, detail, server, false);
  }

  public static Refusal badRequest(String detail) {
    return new Refusal(400, detail);
  }

  /** What was sent is nothing that this server takes, whoever sent it. */
  public static Refusal malformed(int status, String detail) {
    return new Refusal(status, detail, null, true);
  }

  /** Whether whoever asks is none that this server is for: that is worth a line in its log. */
  public boolean turnsAway() {
    return turnsAway;
  }

  public int status() {
    return status;
  }

  /** This refusal as problem details. */
  public Answer answer() {
    Answer answer = Answer.problem(status, title(), String.valueOf(getMessage()));
    return location == null ? answer : answer.at(location);
  }

  private String title() {
    return switch (status) {
      case 307 -> "not leading";
      case 400 -> "bad request";
      case 403 -> "forbidden";
      case 404 -> "not found";
      case 409 -> "refused";
      case 413 -> "too large";
      case 422 -> "wrong content";
      case 503 -> "not ready";
      default -> "failed";
    };
  }
}
