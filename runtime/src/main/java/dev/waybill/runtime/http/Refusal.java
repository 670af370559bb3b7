package dev.waybill.runtime.http;

/**
 * Why an endpoint of an HTTP server does not do what it is asked: an HTTP status and one line for
 * people.
 */
public final class Refusal extends Exception {
  private final int status;

  public Refusal(int status, String detail) {
    super(detail);
    this.status = status;
  }

  public static Refusal badRequest(String detail) {
    return new Refusal(400, detail);
  }

  public int status() {
    return status;
  }

  /** This refusal as problem details. */
  public Answer answer() {
    return Answer.problem(status, title(), String.valueOf(getMessage()));
  }

  private String title() {
    return switch (status) {
      case 400 -> "bad request";
      case 404 -> "not found";
      case 409 -> "refused";
      case 413 -> "too large";
      case 422 -> "wrong content";
      case 503 -> "not ready";
      default -> "failed";
    };
  }
}
