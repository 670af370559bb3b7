package dev.waybill.planner.indexed;

/**
 * What one copy in progress takes of an indexed problem's network.
 *
 * @param way indices of its resources
 * @param start seconds; may be negative
 * @param end seconds
 * @param rate bytes per second
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Load(int[] way, double start, double end, double rate) {}
