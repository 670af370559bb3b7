package dev.waybill.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PersistentMasterTest {
  private final List<String> notices = new ArrayList<>();
  private final PersistentMaster master =
      new PersistentMaster(
          new MasterClient(List.of(URI.create("http://127.0.0.1:9"))), notices::add);

  @Test
  void aCallThatNobodyWaitsForAnyMoreEndsWithoutAWord() {
    assertThatThrownBy(
            () ->
                master.call(
                    m -> {
                      Thread.currentThread().interrupt();
                      throw new IOException("Read timed out");
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(notices).isEmpty();
  }

  @Test
  void anOutageIsSaidOnceAndThatItIsOver() throws Exception {
    int[] calls = {0};
    String answer =
        master.call(
            m -> {
              if (calls[0]++ < 2) {
                throw new IOException("gone");
              }
              return "here";
            });
    assertThat(answer).isEqualTo("here");
    assertThat(notices).containsExactly("gone; trying again", "the master answers");
  }
}
