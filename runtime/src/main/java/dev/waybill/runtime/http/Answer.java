package dev.waybill.runtime.http;

import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.ProblemDetails;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an endpoint of an HTTP server answers: a status and a whole body. */
public final class Answer {
  private static final String JSON = "application/json";

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final @Nullable String server;

  private Answer(int status, String contentType, byte[] body) {
    this(status, contentType, body, null);
  }

  private Answer(int status, String contentType, byte[] body, @Nullable String server) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.server = server;
  }

  /** The same, with the server that does what was asked. */
  Answer at(String otherServer) {
    return new Answer(status, contentType, body, otherServer);
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

  /** {@code http://HOST:PORT} of the server that does what was asked; null: this one does. */
  @Nullable String server() {
    return server;
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
