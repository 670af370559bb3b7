package dev.waybill.model.protocol;

/**
 * Part of the protocol: the answer to {@link Withdraw}.
 *
 * @param versions how many have been taken back
 * @param hosts how many hosts had it in their file sets and have it no more
 */
public record Withdrawn(String name, int versions, int hosts) {}
