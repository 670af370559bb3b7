package dev.waybill.model.protocol;

/**
 * Part of the protocol: a certificate that the master has issued.
 *
 * @param certificate as PEM, and after it those of who has issued it
 * @param authorities whom to trust, as PEM
 */
public record Enrolled(String certificate, String authorities) {}
