package dev.waybill.model.protocol;

/**
 * Part of the protocol: why a request was refused (RFC 9457, {@code application/problem+json}).
 *
 * @param title the kind of refusal, in a few words
 * @param status of the HTTP answer
 * @param detail one line for people
 */
public record ProblemDetails(String title, int status, String detail) {}
