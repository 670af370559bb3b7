package dev.waybill.runtime.http;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.ProblemDetails;
import java.nio.charset.StandardCharsets;

/** What an endpoint of an HTTP server answers: a status and a whole body. */
public final class Answer {
  private static final String JSON = "application/json";

  private final int status;
  private final String contentType;
  private final byte[] body;

  private Answer(int status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  /** 200 with a message of the protocol. */
  public static Answer json(Object message) {
    return new Answer(200, JSON, Messages.write(message));
  }

  /** 200 with JSON that is there already. */
  public static Answer json(byte[] document) {
    return new Answer(200, JSON, document);
  }

  /** 200 with a page for people. */
  public static Answer html(String page) {
    return new Answer(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** 204: there is nothing to say. */
  public static Answer nothing() {
    return new Answer(204, "", new byte[0]);
  }

  /** A refusal as problem details (RFC 9457). */
  public static Answer problem(int status, String title, String detail) {
    byte[] body = Messages.write(new ProblemDetails(title, status, detail));
    return new Answer(status, "application/problem+json", body);
  }

  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  public byte[] body() {
    return body;
  }
}
