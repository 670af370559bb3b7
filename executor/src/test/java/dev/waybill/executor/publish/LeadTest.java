package dev.waybill.executor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LeadTest {
  private static final long BLOCK = 1 << 20;

  private final Lead lead = new Lead(BLOCK);

  private CompletableFuture<Void> waitingFor(int block) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            lead.await(block);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void theFirstBlocksNeedNoOrigin() throws Exception {
    waitingFor(Lead.atFirst(BLOCK) - 1).get();
  }

  @Test
  void theMoreAnOriginHasTheFurtherAheadBlocksAreMade() throws Exception {
    CompletableFuture<Void> next = waitingFor(Lead.atFirst(BLOCK));
    CompletableFuture<Void> later = waitingFor(Lead.atFirst(BLOCK) + 40);
    lead.stored(1);
    next.get();
    assertThatThrownBy(() -> later.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    lead.stored(11);
    later.get();
  }

  @Test
  void oneBlockMayAlwaysBeMade() throws Exception {
    Lead huge = new Lead(1L << 30);
    huge.await(0);
    assertThat(Lead.atFirst(1L << 30)).isEqualTo(1);
  }
}
