package dev.waybill.planner.solve.greedy;

/**
 * What one run of the greedy solver's list scheduler varies.
 *
 * @param seed of its random choices
 * @param horizon seconds; until then no copy starts that would end later, unless nothing else can
 * @param allRelays whether relays take whatever may be of use, or only what others can't get
 *     without them
 * @param entryShare by location, which share of the horizon the ways into it are needed for
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record SwarmSetting(long seed, double horizon, boolean allRelays, double[] entryShare) {}
