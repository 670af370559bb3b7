package dev.waybill.planner.instance;

import dev.waybill.model.json.FormatException;

/**
 * What importers of topologies take a link for when they look for shortest paths: {@code hops} (the
 * same for each), {@code distance} (between its nodes, as a measure of latency), {@code
 * inverse-speed} (as routers do by default), or an attribute of the edges, such as a latency.
 */
public record LinkWeight(String name) {
  /** The same for each link. */
  public static final LinkWeight HOPS = new LinkWeight("hops");

  private static final double EARTH_RADIUS_KILOMETRES = 6371;

  /** Whether it needs no more than the link's speed. */
  public boolean isOfSpeedAlone() {
    return name.equals("hops") || name.equals("inverse-speed");
  }

  /** Of a link that is known by its speed, bytes per second, alone. */
  double of(double speed) {
    return name.equals("hops") ? 1 : 1e9 / speed;
  }

  /** Of an edge between two nodes. */
  double of(GmlList edge, String what, GmlList from, GmlList to, double speed)
      throws FormatException {
    if (isOfSpeedAlone()) {
      return of(speed);
    }
    if (name.equals("distance")) {
      return distance(
          degrees(from, "Latitude"),
          degrees(from, "Longitude"),
          degrees(to, "Latitude"),
          degrees(to, "Longitude"));
    }
    double value = edge.number(name).orElseThrow(() -> edge.wrong(what + " has no " + name));
    if (value < 0) {
      throw edge.wrong(what + ": " + name + " is negative");
    }
    return value;
  }

  private static double degrees(GmlList node, String key) throws FormatException {
    return node.number(key).orElseThrow(() -> node.wrong("a node without " + key));
  }

  /** Kilometres on a sphere by the haversine formula. */
  private static double distance(double lat1, double lon1, double lat2, double lon2) {
    double sinLat = StrictMath.sin(StrictMath.toRadians(lat2 - lat1) / 2);
    double sinLon = StrictMath.sin(StrictMath.toRadians(lon2 - lon1) / 2);
    double h =
        sinLat * sinLat
            + StrictMath.cos(StrictMath.toRadians(lat1))
                * StrictMath.cos(StrictMath.toRadians(lat2))
                * sinLon
                * sinLon;
    return 2 * EARTH_RADIUS_KILOMETRES * StrictMath.asin(Math.min(1, Math.sqrt(h)));
  }
}
