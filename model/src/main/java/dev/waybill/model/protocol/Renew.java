package dev.waybill.model.protocol;

/**
 * Part of the protocol: whoever has a certificate that is still good asks the master for the next
 * one.
 *
 * @param publicKey that the certificate is for, as PEM
 * @param proof by that key, as base64
 */
public record Renew(String publicKey, String proof) {}
