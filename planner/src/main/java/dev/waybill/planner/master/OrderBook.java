package dev.waybill.planner.master;

import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.catalogue.BlockSet;
import dev.waybill.model.protocol.CopyOrder;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The orders of the master: which copies of the schedule each host is to carry out now, and what
 * else it is told with them.
 */
final class OrderBook {
  private final Cluster cluster;

  OrderBook(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Orders the waiting copies whose turn it is. */
  void release() {
    cluster.traffic.release(
        new Traffic.Gate() {
          @Override
          public BlockSet lacking(Traffic.Planned p) {
            return BlockSet.of(p.first(), p.last())
                .minus(cluster.host(p.to()).held(p.file()))
                .minus(cluster.traffic.incoming(p.to(), p.file()));
          }

          @Override
          public boolean open(Traffic.Planned p) {
            HostRecord from = cluster.host(p.from());
            return from.isUsable()
                && from.address() != null
                && cluster.host(p.to()).isUsable()
                && cluster.host(p.to()).restsUntil() == 0
                && cluster.has(from, cluster.version(p.file()), lacking(p));
          }

          @Override
          public Traffic.Running order(Traffic.Planned p, BlockRange blocks) {
            return ordered(p, blocks);
          }
        });
  }

  private Traffic.Running ordered(Traffic.Planned p, BlockRange blocks) {
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
    return new Traffic.Running(order, to.id(), to.revision());
  }

  /** A host's orders where they are newer than those that it has seen. */
  Optional<Orders> since(HostRecord host, long seen) {
    return host.revision() == seen ? Optional.empty() : Optional.of(all(host, false));
  }

  /**
   * Everything that a host is to do now.
   *
   * @param resync whether its next report has to be complete
   */
  Orders all(HostRecord host, boolean resync) {
    List<CopyOrder> list =
        cluster.traffic.to(host.id()).stream().map(Traffic.Running::order).toList();
    List<FileInfo> files = new ArrayList<>();
    for (FileVersion v : cluster.publications.all()) {
      if (cluster.isConcerned(host.id(), v)) {
        files.add(
            new FileInfo(
                v.id(),
                v.blockSize(),
                v.knownBlocks(),
                v.size(),
                cluster.isWanted(host.id(), v),
                v.origins().contains(host.id())));
      }
    }
    return new Orders(
        host.revision(), resync, list, files, cluster.suspicions.of(host.id()), List.of());
  }
}
