package dev.waybill.benchmarks.wire;

/**
 * One transfer of the wire benchmark.
 *
 * @param seconds that it took
 * @param requestSeconds the same from when it was asked for: with what precedes the first byte
 * @param senderSeconds of processor time
 * @param receiverSeconds of processor time
 */
record Run(double seconds, double requestSeconds, double senderSeconds, double receiverSeconds) {}
