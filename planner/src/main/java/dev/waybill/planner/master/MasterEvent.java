package dev.waybill.planner.master;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.protocol.AnnounceBlocks;
import dev.waybill.model.protocol.DemandAccepted;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Orders;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.model.protocol.Report;
import dev.waybill.model.protocol.Withdraw;
import dev.waybill.model.protocol.Withdrawn;
import java.util.Optional;

/**
 * What can happen to the master.
 *
 * @param <R> what it is answered with
 */
public sealed interface MasterEvent<R> {
  /** A host told its state; it is answered with orders newer than those that it has seen. */
  record Reported(Report report) implements MasterEvent<Optional<Orders>> {}

  /** A publisher begins or goes on with a version. */
  record PublicationOpened(OpenPublication request) implements MasterEvent<Publication> {}

  /** A publisher has made blocks. */
  record BlocksAnnounced(AnnounceBlocks blocks) implements MasterEvent<Publication> {}

  /** Somebody says that the newest version of a file does not grow any more. */
  record FinalRequested(String name) implements MasterEvent<Publication> {}

  /** A file is put into file sets. */
  record DemandPut(PutDemand demand) implements MasterEvent<DemandAccepted> {}

  /** A file is taken back, or out of file sets. */
  record WithdrawAsked(Withdraw request) implements MasterEvent<Withdrawn> {}

  /** The answer to the question of a {@link MasterEffect.Solve}. */
  record PlanMade(PlanAnswer answer) implements MasterEvent<Reply.Done> {}

  /** The network file has been edited. */
  record NetworkChanged(Fleet fleet) implements MasterEvent<Reply.Done> {}

  /** Time has gone by. */
  record Ticked() implements MasterEvent<Reply.Done> {}
}
