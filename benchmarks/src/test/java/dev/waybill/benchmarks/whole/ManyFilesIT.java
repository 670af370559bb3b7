package dev.waybill.benchmarks.whole;

import dev.waybill.benchmarks.machine.Scratch;
import dev.waybill.executor.publish.Content;
import dev.waybill.executor.publish.PublishRequest;
import dev.waybill.executor.publish.Publisher;
import dev.waybill.model.protocol.PutDemand;
import dev.waybill.runtime.client.PersistentMaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small files, each a version and a distribution of its own, arrive at every host; {@code
 * -Dwaybill.files=} makes them thousands.
 */
@Timeout(600)
final class ManyFilesIT {
  private static final int FILES = Integer.getInteger("waybill.files", 300);
  private static final int AT_ONCE = 16;
  private static final List<String> HOSTS = List.of("h1", "h2", "h3");

  @TempDir private Path folder;

  @Test
  void theyAllArrive() throws Exception {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(Scratch.random(sources.resolve("" + i), 1 + i * 7919L % 20_000, i));
    }
    try (Cluster cluster = Cluster.start(folder, HOSTS.size(), 40e6)) {
      for (int i = 0; i < FILES; i++) {
        cluster.client().demand(new PutDemand("many/" + i, null, List.of(), 1, null));
      }
      long began = System.nanoTime();
      publishAll(new PersistentMaster(cluster.client(), ManyFilesIT::say), files);
      double published = (System.nanoTime() - began) / 1e9;
      for (int i = 0; i < FILES; i++) {
        String name = "many/" + i;
        cluster.await(
            name + " everywhere",
            () -> HOSTS.stream().allMatch(h -> Files.exists(cluster.file(h, name))));
      }
      System.out.printf(
          "%d files: published after %.1f s, everywhere after %.1f s%n",
          FILES, published, (System.nanoTime() - began) / 1e9);
      for (int i = 0; i < FILES; i++) {
        cluster.assertSame(files.get(i), "many/" + i, HOSTS.toArray(String[]::new));
      }
    }
  }

  private static void publishAll(PersistentMaster master, List<Path> files) throws Exception {
    ExecutorService work = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> publications = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        PublishRequest request =
            new PublishRequest("many/" + i, null, null, null, List.of(HOSTS.get(0)));
        publications.add(work.submit(() -> publish(master, request, file)));
      }
      for (Future<?> publication : publications) {
        publication.get();
      }
    } finally {
      work.shutdownNow();
    }
  }

  private static Void publish(PersistentMaster master, PublishRequest request, Path file)
      throws Exception {
    Content content = new Content.PlainFile(file, Files.size(file));
    try (Publisher publisher =
        Publisher.open(master, request, content, null, null, ManyFilesIT::say)) {
      publisher.run();
    }
    return null;
  }

  private static void say(String notice) {
    System.out.println(notice);
  }
}
