package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orders of the master: which copies of the schedule each host is to carry out now, and what
 * else it is told with them.
 */
final class OrderBook {
  private final Cluster cluster;

  private final Capacities capacities;

  OrderBook(Cluster cluster, Capacities capacities) {
    this.cluster = cluster;
    this.capacities = capacities;
  }

  /** Orders the waiting copies whose turn it is. */
  void release(double now) {
    Pace pace = new Pace(cluster, now);
    cluster.traffic.release(
        new Traffic.Gate() {
          @Override
          public BlockSet lacking(Traffic.Planned p) {
            return BlockSet.of(p.first(), p.last())
                .minus(cluster.host(p.to()).held(p.file()))
                .minus(cluster.traffic.incoming(p.to(), p.file()));
          }

          @Override
          public long bytes(Traffic.Planned p, BlockRange blocks) {
            return bytesOf(p.file(), blocks);
          }

          @Override
          public @Nullable BlockRange ready(Traffic.Planned p, BlockRange blocks) {
            BlockRange there =
                cluster.leading(cluster.host(p.from()), cluster.version(p.file()), blocks, now);
            return there == null ? null : keptWithin(p, there, now);
          }

          @Override
          public boolean goesAt(double rate, Traffic.Planned p, BlockRange blocks) {
            BlockSet all = BlockSet.of(blocks.first(), blocks.last());
            return all.minus(cluster.trusted(cluster.host(p.from()), p.file())).isEmpty()
                && capacities.keepsUntil(wayOf(p), rate, now) == Double.POSITIVE_INFINITY;
          }

          @Override
          public double secondsLeft(Traffic.Running r) {
            return pace.secondsAtShare(r);
          }

          @Override
          public boolean open(Traffic.Planned p) {
            HostRecord from = cluster.host(p.from());
            return cluster.maySend(from)
                && from.address() != null
                && !cluster.avoidances.avoids(p.to(), p.from())
                && cluster.isInService(wayOf(p))
                && cluster.host(p.to()).isUsable()
                && cluster.host(p.to()).restsUntil() == 0
                && cluster.host(p.to()).refusal(p.file()) == null;
          }

          @Override
          public Traffic.Running order(Traffic.Planned p, BlockRange blocks) {
            Traffic.Running copy = ordered(p, blocks, now);
            pace.begins(copy);
            return copy;
          }
        },
        now);
  }

  private Set<String> wayOf(Traffic.Planned p) {
    return cluster.way(p.from(), p.to());
  }

  /** As many of the first blocks as end before a window closes that they do not fit behind. */
  private @Nullable BlockRange keptWithin(Traffic.Planned p, BlockRange blocks, double now) {
    double until = capacities.keepsUntil(wayOf(p), p.rate(), now);
    if (until == Double.POSITIVE_INFINITY) {
      return blocks;
    }
    BlockLayout layout = cluster.version(p.file()).layout(true);
    int end = blocks.first();
    double bytes = (until - now) * p.rate();
    while (end <= blocks.last() && layout.span(blocks.first(), end) <= bytes) {
      end++;
    }
    return end == blocks.first() ? null : new BlockRange(blocks.first(), end - 1);
  }

  private Traffic.Running ordered(Traffic.Planned p, BlockRange blocks, double now) {
    HostRecord to = cluster.host(p.to());
    cluster.revise(to);
    String address = Objects.requireNonNull(cluster.host(p.from()).address(), p.from());
    CopyOrder order =
        new CopyOrder(
            cluster.nextCopy(),
            p.file(),
            p.from(),
            address,
            blocks.first(),
            blocks.last(),
            p.rate());
    long bytes = bytesOf(p.file(), blocks);
    Traffic.Running copy = new Traffic.Running(order, to.id(), to.revision(), now, bytes);
    cluster.distributions.note(p.file(), r -> r.ordered(copy, p.start(), bytes, now));
    return copy;
  }

  private long bytesOf(FileId file, BlockRange blocks) {
    return cluster.version(file).layout(true).span(blocks.first(), blocks.last());
  }

  /** A host's orders where they are newer than those that it has seen. */
  Optional<Orders> since(HostRecord host, long seen) {
    return host.revision() == seen ? Optional.empty() : Optional.of(orders(host, seen, false));
  }

  /**
   * What a host is to do now.
   *
   * @param seen the revision of the orders that it follows
   * @param resync whether its next report has to be complete
   */
  Orders orders(HostRecord host, long seen, boolean resync) {
    List<FileInfo> files = concerning(host);
    if (host.told().differ(files)) {
      if (host.told().haveSaid(host.revision())) {
        cluster.revise(host);
      }
      host.told().tell(files, host.revision());
    }
    List<CopyOrder> list =
        cluster.traffic.to(host.id()).stream().map(Traffic.Running::order).toList();
    return new Orders(
        host.revision(),
        resync,
        list,
        host.told().since(seen, host.revision()),
        cluster.suspicions.of(host.id()),
        host.freeing());
  }

  private List<FileInfo> concerning(HostRecord host) {
    List<FileInfo> files = new ArrayList<>();
    for (FileVersion v : cluster.publications.all()) {
      FileInfo told = cluster.told(host.id(), v);
      if (told != null) {
        files.add(told);
      }
    }
    return files;
  }
}
