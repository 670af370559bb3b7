package dev.waybill.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * Why an endpoint of an HTTP server does not do what it is asked: an HTTP status and one line for
 * people.
 */
public final class Refusal extends Exception {
  private final int status;
  private final @Nullable String location;

  public Refusal(int status, String detail) {
    this(status, detail, null);
  }

  private Refusal(int status, String detail, @Nullable String location) {
    super(detail);
    this.status = status;
    this.location = location;
  }

  /**
   * Another server does what is asked (307).
   *
   * @param server {@code http://HOST:PORT} or {@code https://HOST:PORT}
   */
  public static Refusal elsewhere(String server, String detail) {
    return new Refusal(307, detail, server);
  }

  public static Refusal badRequest(String detail) {
    return new Refusal(400, detail);
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
