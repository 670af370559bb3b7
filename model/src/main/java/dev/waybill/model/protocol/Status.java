package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of the protocol: who has what, and how long it takes: what {@code waybill status --json}
 * prints.
 *
 * @param files every version that is demanded or being published
 * @param hosts every host of the network file
 * @param bottlenecks the resources that bind the plan in force
 * @param failed components that are out of service
 * @param suspects components that have been blamed of late, also those out of service
 * @param slow resources that give less than the network file says
 * @param refused whom the master has turned away of late, before it knew who asks
 */
public record Status(
    List<FileStatus> files,
    List<HostStatus> hosts,
    List<Binding> bottlenecks,
    List<String> failed,
    List<Suspect> suspects,
    List<Slow> slow,
    List<Refused> refused,
    Planning planning) {
  public Status {
    files = List.copyOf(files);
    hosts = List.copyOf(hosts);
    bottlenecks = List.copyOf(bottlenecks);
    failed = List.copyOf(failed);
    suspects = List.copyOf(suspects);
    slow = List.copyOf(slow);
    refused = List.copyOf(refused);
  }

  /** The same, with those whom the master's server has turned away. */
  public Status refusing(List<Refused> whom) {
    return new Status(files, hosts, bottlenecks, failed, suspects, slow, whom, planning);
  }

  /**
   * A version of a file.
   *
   * @param isFinal whether its last block has been made
   * @param demands how many hosts are to have it
   * @param complete how many of them have it, verified
   * @param atLeastSeconds the proven minimum from {@code start} to the last host's copy; null
   *     before the first plan
   * @param plannedSeconds what the first complete schedule takes; null before that
   * @param elapsedSeconds from when it was both published and demanded, to now or to the last
   *     verified copy
   */
  public record FileStatus(
      String file,
      long version,
      @com.fasterxml.jackson.annotation.JsonProperty("final") boolean isFinal,
      @Nullable Long size,
      int blocks,
      int demands,
      int complete,
      @Nullable Double atLeastSeconds,
      @Nullable Double plannedSeconds,
      @Nullable Double elapsedSeconds) {
    /** Whether the file is whole and everybody who is to have it has it. */
    public boolean done() {
      return isFinal && complete == demands;
    }
  }

  /** A host, with what it holds. */
  public record HostStatus(String host, State state, List<Held> files) {
    public HostStatus {
      files = List.copyOf(files);
    }
  }

  /** What the master thinks of a host. */
  public enum State {
    /** It has never reported to this master. */
    UNKNOWN,
    /** It reports. */
    UP,
    /** It has not reported for longer than its lease. */
    SILENT
  }

  /**
   * What a host holds of a version.
   *
   * @param blocks how many blocks are known so far
   * @param prefixLength bytes
   * @param wanted whether it is in the host's file set
   * @param published whether the whole file is at its place
   * @param refusal why the host does not take what it is told of its blocks; null where it does
   */
  public record Held(
      String file,
      long version,
      int heldBlocks,
      int blocks,
      long prefixLength,
      boolean wanted,
      boolean published,
      Progress state,
      @Nullable String refusal) {
    public FileId id() {
      return new FileId(file, version);
    }
  }

  /** How far a host is with a version. */
  public enum Progress {
    /** It lacks blocks, and none are on their way. */
    MISSING,
    /** Blocks are on their way to it. */
    RECEIVING,
    /** It has the whole file, verified, at its place. */
    COMPLETE
  }

  /**
   * A component that hosts have blamed.
   *
   * @param component {@code host:ID}, {@code disk:ID}, {@code interface:ID} or {@code resource:ID}
   * @param count accusations, each less the older it is
   * @param evidence a line for each accuser
   * @param outForSeconds until it is probed, where it is out of service; null where it is not
   */
  public record Suspect(
      String component, double count, List<String> evidence, @Nullable Double outForSeconds) {
    public Suspect {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * A resource that has given less than the network file says for a while, though more was asked of
   * it by different hosts: a suggestion of what to state there.
   *
   * @param stated bytes per second
   * @param measured bytes per second
   */
  public record Slow(String resource, double stated, double measured) {}

  /**
   * A peer that has been turned away.
   *
   * @param address without a port
   * @param reason in one line, which names the certificate's subject where there is one
   * @param count how often in the last quarter of an hour
   * @param secondsAgo when it last was
   */
  public record Refused(String address, String reason, long count, double secondsAgo) {}

  /**
   * A resource that binds the plan in force, and the seconds that one more byte per second there
   * saves.
   */
  public record Binding(String resource, double secondsPerUnit) {}

  /**
   * The planning cycle.
   *
   * @param plans how many have been made since this master started
   * @param cacheHits how many were answered without solving, because the same problem had been
   * @param cacheMisses how many were solved
   * @param problem why the last one failed; null where it did not
   */
  public record Planning(
      long plans,
      long cacheHits,
      long cacheMisses,
      int runningCopies,
      int waitingCopies,
      @Nullable String problem) {}
}
