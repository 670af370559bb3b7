package dev.waybill.planner.packing;

/**
 * A capacity constraint of the packing's linear program: what one resource carries, or what
 * resources of the hosts of one pool carry together.
 *
 * @param resources their indices, each host's own ones distinct
 * @param capacity their sum, bytes per second
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Row(int[] resources, double capacity) {}
