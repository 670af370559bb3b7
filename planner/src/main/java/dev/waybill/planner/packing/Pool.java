package dev.waybill.planner.packing;

/**
 * Hosts of a planning problem that are alike to a fractional packing: at one location, behind the
 * same shared resources, relays all or none, and holding and needing the same blocks (in large
 * problems the last is let go).
 *
 * @param location index of their location
 * @param hosts indices of the hosts, ascending, at least one
 * @param relay whether they may be sent what they don't need
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Pool(int location, int[] hosts, boolean relay) {
  public Pool {
    if (hosts.length == 0) {
      throw new IllegalArgumentException("a pool without hosts at location " + location);
    }
  }

  public int size() {
    return hosts.length;
  }
}
