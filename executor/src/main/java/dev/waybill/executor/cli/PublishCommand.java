package dev.waybill.executor.cli;

import dev.waybill.executor.cli.Masters.FileName;
import dev.waybill.executor.publish.Content;
import dev.waybill.executor.publish.ContentDiffers;
import dev.waybill.executor.publish.PublishRequest;
import dev.waybill.executor.publish.Published;
import dev.waybill.executor.publish.Publisher;
import dev.waybill.executor.publish.Rehearsal;
import dev.waybill.model.catalogue.BlockLayout;
import dev.waybill.model.catalogue.ManifestSigner;
import dev.waybill.model.json.Messages;
import dev.waybill.model.protocol.Publication;
import dev.waybill.model.protocol.RequestFinal;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.Security;
import dev.waybill.runtime.cli.Terminal;
import dev.waybill.runtime.client.PersistentMaster;
import dev.waybill.runtime.identity.Credentials;
import dev.waybill.runtime.identity.Role;
import dev.waybill.runtime.identity.SigningKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The client command {@code publish}: the generator. */
final class PublishCommand implements Command {
  private static final Duration DEFAULT_IDLE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String summary() {
    return "cuts a file into checksummed blocks and hands them to the first hosts";
  }

  @Override
  public String usage() {
    return "PATH|- --master URL --as FILE [options]   or   --final --master URL --as FILE";
  }

  @Override
  public String example() {
    return "./waybill publish build/index.bin --master http://10.0.0.1:7000 --as index.bin --wait";
  }

  @Override
  public Options options() {
    return Flags.of()
        .master()
        .value("as", "FILE", "what the file is called in the catalogue")
        .value("version", "N", "default: the unfinished one of this content, or the newest + 1")
        .value("block-size", "BYTES", "1 to 1073741824 (default: about a thousandth of the file)")
        .value("to", "HOST,...", "the origins (default: the master chooses the best one)")
        .flag("follow", "the file grows: publish what is added until it is complete")
        .value("idle", "SECONDS", "with --follow: complete when it has not grown for so long (10)")
        .value("expect-size", "BYTES", "of what grows: how long it will be, as far as you know")
        .flag("final", "without PATH: the file that another process follows is complete")
        .flag("wait", "return when every demand for it is met")
        .json()
        .build();
  }

  @Override
  public ExitStatus run(Arguments arguments)
      throws CommandFailure, IOException, InterruptedException {
    String name = nameOf(arguments);
    Rehearsal.begin();
    Credentials credentials = Security.credentials(arguments, Role.CLIENT);
    PersistentMaster master = Masters.persistent(arguments, credentials);
    if (arguments.has("final")) {
      return requestFinal(arguments, master, name);
    }
    String path = arguments.positional("PATH").get(0);
    PublishRequest request = request(arguments, name);
    Content content = content(arguments, path);
    if (request.expectedSize() != null && content.size().isPresent()) {
      throw CommandFailure.usage("--expect-size is for what grows; the size of this file is known");
    }
    requireBlocks(request, content);
    long startNanos = System.nanoTime();
    Published published = publish(master, request, content, credentials);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    if (arguments.has("wait")) {
      FileName file = new FileName(name, published.file().version());
      new Waiting(master, file).within(null);
    }
    report(arguments, published, seconds);
    return ExitStatus.DONE;
  }

  private static String nameOf(Arguments arguments) throws CommandFailure {
    FileName file = FileName.of("--as", arguments.required("as"));
    if (file.version() != null) {
      throw CommandFailure.usage("--as: the version goes into --version");
    }
    return file.name();
  }

  private static ExitStatus requestFinal(Arguments arguments, PersistentMaster master, String name)
      throws CommandFailure, IOException, InterruptedException {
    if (!arguments.positional().isEmpty()) {
      throw CommandFailure.usage("--final stands alone, without PATH");
    }
    Publication publication = master.call(m -> m.requestFinal(new RequestFinal(name)));
    System.out.println(
        arguments.has("json")
            ? Messages.pretty(Map.of("file", name, "version", publication.file().version()))
            : publication.file() + " is to be ended by whoever publishes it");
    return ExitStatus.DONE;
  }

  private static PublishRequest request(Arguments arguments, String name) throws CommandFailure {
    return new PublishRequest(
        name,
        arguments.whole("version", 0, Long.MAX_VALUE).orElse(null),
        arguments.whole("block-size", 1, Content.MAX_BLOCK).orElse(null),
        arguments.whole("expect-size", 1, Long.MAX_VALUE).orElse(null),
        arguments.list("to"));
  }

  private static Content content(Arguments arguments, String text)
      throws CommandFailure, IOException {
    boolean follow = arguments.has("follow");
    if (arguments.has("idle") && !follow) {
      throw CommandFailure.usage("--idle goes with --follow");
    }
    if (text.equals("-")) {
      return stream(follow, new BufferedInputStream(System.in));
    }
    Path path = Arguments.pathOf("PATH", text);
    if (Files.isDirectory(path)) {
      throw new CommandFailure(ExitStatus.UNREACHABLE, path + ": is a folder");
    }
    long bytes = Files.size(path);
    if (!Files.isRegularFile(path)) {
      return stream(follow, new BufferedInputStream(Files.newInputStream(path)));
    }
    return follow
        ? new Content.GrowingFile(path, arguments.seconds("idle").orElse(DEFAULT_IDLE))
        : new Content.PlainFile(path, bytes);
  }

  private static Content stream(boolean follow, BufferedInputStream in) throws CommandFailure {
    if (follow) {
      throw CommandFailure.usage("--follow: a stream is published as it comes without it");
    }
    return new Content.Stream(in);
  }

  private static void requireBlocks(PublishRequest request, Content content) throws CommandFailure {
    Long asked = request.blockSize();
    if (asked == null) {
      return;
    }
    if (content instanceof Content.Stream && asked > Content.MAX_STREAM_BLOCK) {
      throw CommandFailure.usage(
          "--block-size: a stream's blocks are kept in memory, so that they have at most %d bytes"
              .formatted(Content.MAX_STREAM_BLOCK));
    }
    OptionalLong size = request.size(content);
    if (size.isPresent()) {
      try {
        BlockLayout unused = new BlockLayout(size.getAsLong(), asked);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitStatus.USAGE, "--block-size: " + e.getMessage(), e);
      }
    }
  }

  private static Published publish(
      PersistentMaster master,
      PublishRequest request,
      Content content,
      @Nullable Credentials credentials)
      throws CommandFailure, IOException, InterruptedException {
    ManifestSigner signer = credentials == null ? null : SigningKey.of(credentials);
    try (Publisher publisher =
            Publisher.open(master, request, content, credentials, signer, Terminal::notice);
        PublishProgress progress = PublishProgress.show(publisher)) {
      return publisher.run();
    } catch (ContentDiffers e) {
      throw new CommandFailure(ExitStatus.NO, String.valueOf(e.getMessage()), e);
    }
  }

  private static void report(Arguments arguments, Published published, double seconds) {
    if (arguments.has("json")) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", published.file().name());
      document.put("version", published.file().version());
      document.put("blocks", published.blocks());
      document.put("bytes", published.bytes());
      document.put("seconds", seconds);
      System.out.println(Messages.pretty(document));
    } else {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s is published: %d blocks, %d bytes, %.2f s",
              published.file(),
              published.blocks(),
              published.bytes(),
              seconds));
    }
  }
}
