package dev.waybill.runtime.client;

import dev.waybill.runtime.client.MasterClient.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The client of the master for commands that go on while no master answers: every call is made
 * again until one does, with a word when an outage begins and ends. May be used from any thread.
 */
public final class PersistentMaster {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MasterClient client;
  private final Consumer<String> notices;
  private boolean outage;

  /**
   * @param notices gets one line each, from any thread
   */
  public PersistentMaster(MasterClient client, Consumer<String> notices) {
    this.client = client;
    this.notices = notices;
  }

  /** A call of the master. */
  @FunctionalInterface
  public interface Call<T> {
    T on(MasterClient master) throws IOException;
  }

  /**
   * Makes {@code call} until a master answers it.
   *
   * @throws Refused where the answer is no, and would be no again
   * @throws InterruptedException where the thread has been interrupted meanwhile; nothing is said
   */
  public <T> T call(Call<T> call) throws IOException, InterruptedException {
    while (true) {
      try {
        T answer = call.on(client);
        answered();
        return answer;
      } catch (Refused e) {
        if (e.problem().status() < 500) {
          answered();
          throw e;
        }
        failed(e);
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("nobody waits for the answer any more");
        }
        failed(e);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private synchronized void failed(IOException e) {
    if (!outage) {
      outage = true;
      notices.accept(e.getMessage() + "; trying again");
    }
  }

  private synchronized void answered() {
    if (outage) {
      outage = false;
      notices.accept("the master answers");
    }
  }
}
