package dev.waybill.model.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.waybill.model.json.OneLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of the protocol: how a copy has ended, and whom the receiver blames where it failed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CopyOutcome.Succeeded.class, name = "succeeded"),
  @JsonSubTypes.Type(value = CopyOutcome.Failed.class, name = "failed")
})
public sealed interface CopyOutcome {
  /** Of a detail, in characters: a peer may have had a say in it. */
  int MAX_DETAIL = 500;

  /** The copy's id. */
  long id();

  /**
   * Every block has arrived, has been verified and is stored.
   *
   * @param pace how it went; null where nothing had to be fetched
   */
  record Succeeded(long id, @Nullable CopyPace pace) implements CopyOutcome {
    public Succeeded(long id) {
      this(id, null);
    }
  }

  /**
   * The copy ended before its last block.
   *
   * @param reason what went wrong
   * @param block the block that it went wrong at
   * @param blamed the components that the receiver suspects: a peer as {@code host:ID}, the way to
   *     it as {@code path:FROM>TO} of hosts, its own disk as {@code disk:ID}, its own interface as
   *     {@code interface:ID}
   * @param detail one line for people
   */
  record Failed(long id, Reason reason, int block, List<String> blamed, String detail)
      implements CopyOutcome {
    public Failed {
      blamed = List.copyOf(blamed);
      detail = OneLine.of(detail, MAX_DETAIL);
    }
  }

  /** The kinds of failure that an executor tells apart. */
  enum Reason {
    /** The sender can't be reached. */
    UNREACHABLE,
    /** The sender answered that it can't send these blocks. */
    REFUSED,
    /** The stream ended too early. */
    BROKEN,
    /** The stream sent nothing for too long. */
    TIMED_OUT,
    /** A block's checksum is not the one of the manifest. */
    CHECKSUM_DIFFERS,
    /** The receiver can't store what arrives. */
    OWN_DISK
  }
}
