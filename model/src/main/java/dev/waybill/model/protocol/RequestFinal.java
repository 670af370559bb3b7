package dev.waybill.model.protocol;

/**
 * Part of the protocol: the newest version of a file does not grow any more; whoever publishes it
 * is to end it.
 */
public record RequestFinal(String name) {}
