package dev.waybill.planner.bound;

/**
 * A resource that a lower bound of the planner rests on, and what relieving it would buy.
 *
 * @param resource its id
 * @param secondsPerUnit how much the bound falls for one unit more of the resource's capacity: in
 *     seconds per (byte per second), not negative; it holds for small changes, while no other cut
 *     becomes the binding one. Where many senders of whole blocks bind, it is the slope without the
 *     steps that a single block makes
 */
public record Bottleneck(String resource, double secondsPerUnit) {}
