package dev.waybill.planner.instance;

import dev.waybill.model.network.Network;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The generator of random networks: what is scarce in them.
 *
 * <p>Hosts {@code h0, h1, ...} are spread over sites {@code s0, s1, ...} in turn. Each has an
 * interface {@code up} and {@code down}; what leaves or enters a site goes through its {@code out}
 * and {@code in}. {@code h0} is meant as the source and has the fastest upload there is. Rates are
 * drawn log-uniformly, the source is {@link SplittableRandom}: the same on every machine.
 */
public enum Pattern {
  /** Uploads of 20 to 100 Mbit/s are scarce; sites have 60 per host, downloads 500. */
  UPLOAD_TIGHT("uploads are scarce"),
  /** What joins the sites is scarce: 100 Mbit/s in and 80 to 120 out; hosts have 200 to 1000 up. */
  WAN_TIGHT("what joins the sites is scarce"),
  /**
   * Downloads of 20 to 500 Mbit/s: the slowest binds; uploads of 100 to 500, sites have 500 per
   * host.
   */
  SLOWEST_INTERFACE("the slowest download binds"),
  /**
   * Links of 20 to 60 Mbit/s between every two sites are scarce, each way on its own; 200 in and
   * out of a site; hosts have 100 up and down.
   */
  LINKED_SITES("links between each two sites are scarce"),
  /** All hosts at one place, 100 Mbit/s up and down. */
  EQUAL("all hosts are equal"),
  /** All hosts at one place, 5 to 50 Mbit/s up, 50 to 500 down, a source of 100: Kumar and Ross. */
  KUMAR_ROSS("unequal hosts at one place");

  private static final double BYTES_PER_MEGABIT = 125_000;

  private final String title;

  Pattern(String title) {
    this.title = title;
  }

  /** What a network of this pattern is, in a few words. */
  public String title() {
    return title;
  }

  /** What the command line calls it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an instance on such a network says of itself. */
  public String description(int hosts, int sites, long seed) {
    return String.format(
        Locale.ROOT,
        "Generated: %s (pattern %s), %d hosts in %d sites, seed %d. Made by Waybill, Apache-2.0.",
        title,
        id(),
        hosts,
        this == EQUAL || this == KUMAR_ROSS ? 1 : sites,
        seed);
  }

  /**
   * A network.
   *
   * @param hosts how many, the source among them, at least 1
   * @param sites how many, at least 1; of no meaning where all hosts are at one place
   * @param seed of the random choices; another seed, another network
   */
  public Network network(int hosts, int sites, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return switch (this) {
      case UPLOAD_TIGHT ->
          sites(
              hosts, sites, 60.0 * hosts / sites, random, new Range(20, 100), new Range(500, 500));
      case WAN_TIGHT ->
          sites(hosts, sites, 100, random, new Range(200, 1000), new Range(1000, 1000));
      case SLOWEST_INTERFACE ->
          sites(
              hosts, sites, 500.0 * hosts / sites, random, new Range(100, 500), new Range(20, 500));
      case LINKED_SITES -> linked(hosts, sites, random);
      case EQUAL -> onePlace(hosts, random, 100, new Range(100, 100), new Range(100, 100));
      case KUMAR_ROSS -> onePlace(hosts, random, 100, new Range(5, 50), new Range(50, 500));
    };
  }

  private static Network sites(
      int hosts, int sites, double wan, SplittableRandom random, Range up, Range down) {
    NetworkBuilder network = new NetworkBuilder();
    for (int s = 0; s < sites; s++) {
      double out = wan * (0.8 + 0.4 * random.nextDouble());
      network.resource("s" + s + ".out", out * BYTES_PER_MEGABIT);
      network.resource("s" + s + ".in", wan * BYTES_PER_MEGABIT);
    }
    for (int h = 0; h < hosts; h++) {
      double drawn = up.draw(random);
      host(network, h, "s" + h % sites, h == 0 ? up.to : drawn, down.draw(random));
    }
    for (int from = 0; from < sites; from++) {
      for (int to = 0; to < sites; to++) {
        if (from != to) {
          network.path("s" + from, "s" + to, List.of("s" + from + ".out", "s" + to + ".in"));
        }
      }
    }
    return network.build();
  }

  private static Network linked(int hosts, int sites, SplittableRandom random) {
    NetworkBuilder network = new NetworkBuilder();
    for (int s = 0; s < sites; s++) {
      network.resource("s" + s + ".out", 200 * BYTES_PER_MEGABIT);
      network.resource("s" + s + ".in", 200 * BYTES_PER_MEGABIT);
    }
    for (int h = 0; h < hosts; h++) {
      host(network, h, "s" + h % sites, 100, 100);
    }
    Range links = new Range(20, 60);
    for (int from = 0; from < sites; from++) {
      for (int to = 0; to < sites; to++) {
        if (from != to) {
          String link = "s" + from + "--s" + to;
          network.resource(link, links.draw(random) * BYTES_PER_MEGABIT);
          network.path("s" + from, "s" + to, List.of("s" + from + ".out", link, "s" + to + ".in"));
        }
      }
    }
    return network.build();
  }

  private static Network onePlace(
      int hosts, SplittableRandom random, double source, Range up, Range down) {
    NetworkBuilder network = new NetworkBuilder();
    for (int h = 0; h < hosts; h++) {
      double drawn = up.draw(random);
      host(network, h, "s0", h == 0 ? source : drawn, down.draw(random));
    }
    return network.build();
  }

  private static void host(NetworkBuilder network, int h, String site, double up, double down) {
    network.host("h" + h, site, up * BYTES_PER_MEGABIT, down * BYTES_PER_MEGABIT);
  }

  /** From where to where a rate is drawn, in Mbit/s; one value takes nothing from the source. */
  private record Range(double from, double to) {
    double draw(SplittableRandom random) {
      return from == to ? from : from * StrictMath.pow(to / from, random.nextDouble());
    }
  }
}
