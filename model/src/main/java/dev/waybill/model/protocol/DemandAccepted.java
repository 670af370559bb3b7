package dev.waybill.model.protocol;

/**
 * Part of the protocol: the answer to {@link PutDemand}.
 *
 * @param hosts how many hosts have the file in their file set by this demand
 */
public record DemandAccepted(String name, int hosts) {}
