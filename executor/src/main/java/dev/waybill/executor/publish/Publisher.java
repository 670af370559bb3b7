package dev.waybill.executor.publish;

import dev.waybill.executor.wire.Wires;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.Checksum;
import dev.waybill.model.catalogue.ManifestHash;
import dev.waybill.model.catalogue.ManifestSigner;
import dev.waybill.model.protocol.OpenPublication;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.Publication.Origin;
import dev.waybill.runtime.client.PersistentMaster;
import dev.waybill.runtime.identity.Credentials;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The generator: publishes one version of one file. Two threads make blocks and their checksums,
 * one announces them to the master, and two per origin feed it what it lacks; memory does not grow
 * with the file.
 */
public final class Publisher implements Closeable {
  private static final int QUEUED = 8192;

  private final Publication publication;
  private final BlockSource source;
  private final OptionalLong size;
  private final Wires wires;
  private final Announced announced = new Announced();
  private final Hashing hashing;
  private final Announcing announcing;
  private final List<Feeding> feedings = new ArrayList<>();

  private Publisher(
      PersistentMaster master,
      Publication publication,
      Content content,
      ManifestHash compared,
      List<Checksum> ahead,
      @Nullable Credentials credentials,
      @Nullable ManifestSigner signer,
      Consumer<String> notices)
      throws IOException {
    this.wires = new Wires(credentials);
    this.publication = publication;
    this.size = content.size();
    FinalRequest request =
        () -> master.call(m -> m.publication(publication.file())).finalRequested();
    int first = compared.blocks() + ahead.size();
    this.source = content.blocks(publication.blockSize(), first, request);
    Lead lead = new Lead(publication.blockSize());
    BlockingQueue<Made> made = new ArrayBlockingQueue<>(QUEUED);
    this.hashing =
        new Hashing(
            source, new KnownBlocks(master, publication), compared, ahead, made, announced, lead);
    this.announcing =
        new Announcing(master, signer, new KnownBlocks(master, publication), made, announced);
    List<Origin> origins = publication.origins();
    Acknowledged acknowledged = new Acknowledged(origins.size(), source);
    for (int i = 0; i < origins.size(); i++) {
      int at = i;
      feedings.add(
          new Feeding(
              master,
              wires,
              publication,
              origins.get(i),
              source,
              announced,
              block -> {
                acknowledged.upTo(at, block);
                lead.stored(block);
              },
              notices));
    }
  }

  /**
   * Opens the publication at the master, going on with an unfinished one of the same content.
   *
   * @param credentials with which it feeds origins; null: over connections that are not secured
   * @param signer null where nothing is signed
   * @param notices gets one line each, from any thread
   * @throws dev.waybill.runtime.client.MasterClient.Refused where the master says no
   */
  public static Publisher open(
      PersistentMaster master,
      PublishRequest request,
      Content content,
      @Nullable Credentials credentials,
      @Nullable ManifestSigner signer,
      Consumer<String> notices)
      throws IOException, InterruptedException, ContentDiffers {
    Long asked = request.blockSize();
    OptionalLong size = request.size(content);
    long blockSize = asked == null ? BlockSizes.defaultFor(size) : asked;
    try (HeadStart headStart = HeadStart.of(content, blockSize)) {
      Resumption resumption = Resumption.of(master, request, content);
      Long expected = size.isPresent() ? Long.valueOf(size.getAsLong()) : null;
      OpenPublication open =
          new OpenPublication(
              request.name(),
              resumption.version(),
              blockSize,
              expected,
              ProcessAge.seconds(),
              request.origins(),
              null);
      Publication publication =
          withOrigins(master, master.call(m -> m.openPublication(signed(open, signer))), notices);
      requireAsked(publication, request, resumption, content);
      List<Checksum> ahead = headStart.end(publication.blockSize());
      ManifestHash start = ManifestHash.start(publication.file(), publication.blockSize());
      ManifestHash compared = resumption.compared() == null ? start : resumption.compared();
      return new Publisher(
          master,
          publication,
          content,
          compared,
          compared.blocks() == 0 ? ahead : List.of(),
          credentials,
          signer,
          notices);
    }
  }

  private static void requireAsked(
      Publication opened, PublishRequest request, Resumption resumption, Content content)
      throws IOException, ContentDiffers {
    Long version = resumption.version();
    if (!opened.file().name().equals(request.name())
        || (version != null && opened.file().version() != version)) {
      throw new IOException("the master opened " + opened.file() + ", which was not asked for");
    }
    if (content instanceof Content.Stream && opened.blockSize() > Content.MAX_STREAM_BLOCK) {
      throw new ContentDiffers(
          "%s has blocks of %d bytes, too large for a stream"
              .formatted(opened.file(), opened.blockSize()));
    }
  }

  private static OpenPublication signed(OpenPublication open, @Nullable ManifestSigner signer) {
    return signer == null ? open : open.signed(signer.sign(open.hash(), null));
  }

  private static Publication withOrigins(
      PersistentMaster master, Publication opened, Consumer<String> notices)
      throws IOException, InterruptedException {
    Publication publication = opened;
    for (int i = 0; publication.origins().isEmpty(); i++) {
      if (i == 5) {
        notices.accept("the master has no host yet that could be the origin; waiting for one");
      }
      Thread.sleep(200);
      publication = master.call(m -> m.publication(opened.file()));
    }
    return publication;
  }

  /** The version that is being published, as the master knew it at the beginning. */
  public Publication publication() {
    return publication;
  }

  /** Returns when every origin has every block. */
  public Published run() throws IOException, InterruptedException, ContentDiffers {
    List<Callable<Void>> tasks = new ArrayList<>();
    feedings.forEach(f -> tasks.addAll(Collections.nCopies(Feeding.THREADS, f)));
    tasks.addAll(Collections.nCopies(Hashing.THREADS, hashing));
    tasks.add(announcing);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            tasks.size(),
            task -> {
              Thread thread = new Thread(task, "publish");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Void> running = new ExecutorCompletionService<>(threads);
      tasks.forEach(running::submit);
      for (int i = 0; i < tasks.size(); i++) {
        join(running);
      }
    } finally {
      threads.shutdownNow();
    }
    source.requireUnchanged();
    return new Published(publication.file(), announced.count(), announced.size().orElseThrow());
  }

  private static void join(CompletionService<Void> running)
      throws IOException, InterruptedException, ContentDiffers {
    try {
      running.take().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof ContentDiffers differs) {
        throw differs;
      }
      throw new IllegalStateException("a thread of the generator failed", cause);
    }
  }

  /** How far it has come; may be asked from any thread. */
  public Progress progress() {
    long total = size.isPresent() ? size.getAsLong() : hashing.bytes();
    long fed = 0;
    for (Feeding f : feedings) {
      fed += bytesOf(f, total) + f.bytes();
    }
    return new Progress(Math.min(fed, total * feedings.size()), total * feedings.size());
  }

  private long bytesOf(Feeding feeding, long total) {
    BlockLayout layout = new BlockLayout(total, publication.blockSize());
    return feeding.beforeStart().ranges().stream()
        .filter(r -> r.first() < layout.blockCount())
        .mapToLong(r -> layout.span(r.first(), Math.min(r.last(), layout.blockCount() - 1)))
        .sum();
  }

  /**
   * How far the generator has come.
   *
   * @param fedBytes that origins have, over all of them
   * @param totalBytes that they will have, as far as is known
   */
  public record Progress(long fedBytes, long totalBytes) {}

  @Override
  public void close() throws IOException {
    wires.close();
    source.close();
  }
}
