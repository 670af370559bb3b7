package dev.waybill.planner.cli.kind;

import dev.waybill.model.network.Network;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.instance.Collective;
import dev.waybill.planner.instance.Distribution;
import dev.waybill.planner.instance.GpuMachine;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code import dgx1} and {@code import ndv2}: collective operations on graphics processors. */
final class CollectiveKind implements ImportKind {
  private static final long BLOCK_SIZE = 1 << 20;
  private static final int MOST_BOXES = 100;
  private static final int MOST_CHUNKS = 1_000_000;

  private final boolean ndv2;

  private CollectiveKind(boolean ndv2) {
    this.ndv2 = ndv2;
  }

  static CollectiveKind dgx1() {
    return new CollectiveKind(false);
  }

  static CollectiveKind ndv2() {
    return new CollectiveKind(true);
  }

  @Override
  public String name() {
    return ndv2 ? "ndv2" : "dgx1";
  }

  @Override
  public String files() {
    return "";
  }

  @Override
  public String summary() {
    return ndv2
        ? "a collective on the GPUs of Azure NDv2 boxes: --collective broadcast, all-gather"
        : "a collective on an NVIDIA DGX-1, a round a second: --collective broadcast, all-gather";
  }

  @Override
  public Set<String> options() {
    Set<String> common = Set.of("name", "collective", "chunks", "source");
    return NetworkOptions.union(common, ndv2 ? Set.of("boxes", "size") : Set.of("block-size"));
  }

  @Override
  public Problem make(List<Path> files, Arguments arguments) throws CommandFailure {
    NetworkOptions.files(files, 0, 0, "none");
    String collective = arguments.text("collective").orElse("broadcast");
    boolean gather = collective.equals("all-gather");
    if (!gather && !collective.equals("broadcast")) {
      throw CommandFailure.usage(
          "--collective: '" + collective + "' is neither broadcast nor all-gather");
    }
    int chunks = arguments.whole("chunks", 1, MOST_CHUNKS).orElse(1L).intValue();
    int boxes = arguments.whole("boxes", 1, MOST_BOXES).orElse(2L).intValue();
    long blockSize = arguments.whole("block-size", 1, Integer.MAX_VALUE).orElse(BLOCK_SIZE);
    Network network = ndv2 ? GpuMachine.ndv2(boxes) : GpuMachine.dgx1(blockSize);
    int parts = gather ? network.hosts().size() : 1;
    List<FileSpec> data =
        ndv2
            ? bySize(arguments, network, parts, chunks)
            : byChunks(network, parts, chunks, blockSize);
    String source = arguments.text("source").orElse(ndv2 ? "box0/gpu0" : "gpu0");
    String name =
        DistributionOptions.name(
            arguments, name() + (ndv2 ? "x" + boxes : "") + "-" + collective + "-" + chunks);
    if (gather) {
      if (arguments.has("source")) {
        throw CommandFailure.usage("--source: in an all-gather every GPU is one");
      }
      return Collective.allGather(name, description(collective), network, data);
    }
    DistributionOptions.requireHost("--source", source, network);
    return Distribution.toAll(network, source, data).on(name, description(collective), network);
  }

  private String description(String collective) {
    return collective
        + (ndv2
            ? " on Azure NDv2 boxes, latencies left out; links as in TACCL (Shah et al., NSDI 2023)"
                + " and TE-CCL (Liu et al., SIGCOMM 2024)."
            : " on an NVIDIA DGX-1, a round of SCCL (Cai et al., PPoPP 2021) a second: a link takes"
                + " as many blocks a second as it has NVLinks.")
        + " Made by Waybill, Apache-2.0.";
  }

  /** {@code --size} in all, each part in so many blocks. */
  private static List<FileSpec> bySize(Arguments arguments, Network network, int parts, int chunks)
      throws CommandFailure {
    long size = arguments.whole("size", parts, Long.MAX_VALUE / 2).orElse(1_000_000_000L);
    long part = size / parts;
    if (part * parts != size) {
      throw CommandFailure.usage("--size: not a multiple of " + parts + ", the number of GPUs");
    }
    List<FileSpec> files = new ArrayList<>();
    for (String id : names(network, parts)) {
      files.addAll(Distribution.shards(id, part, (part - 1) / chunks + 1, 1));
    }
    return files;
  }

  private static List<FileSpec> byChunks(Network network, int parts, int chunks, long blockSize) {
    List<FileSpec> files = new ArrayList<>();
    for (String id : names(network, parts)) {
      files.addAll(Distribution.blocks(id, chunks, blockSize));
    }
    return files;
  }

  private static List<String> names(Network network, int parts) {
    return parts == 1 ? List.of("data") : List.copyOf(network.hosts().keySet());
  }
}
