package dev.waybill.planner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.schedule.Problem;
import dev.waybill.planner.cli.kind.ImportKind;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandFailure;
import dev.waybill.runtime.cli.ExitStatus;
import dev.waybill.runtime.cli.Flags;
import dev.waybill.runtime.cli.JsonOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The command {@code import}: makes an instance from public formats, or draws one. */
final class ImportCommand implements Command {
  private final List<ImportKind> kinds = ImportKind.all();

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String summary() {
    return "Makes an instance from public formats, or generates one:"
        + kinds.stream()
            .map(k -> String.format("%n  %-30s %s", k.name() + " " + k.files(), k.summary()))
            .collect(Collectors.joining());
  }

  @Override
  public String usage() {
    return "KIND [FILE...] [options] --output INSTANCE";
  }

  @Override
  public String example() {
    return "./waybill import synthetic --pattern upload-tight --hosts 200 --sites 10 --output i.json.gz";
  }

  @Override
  public Options options() {
    return kindOptions()
        .value("output", "INSTANCE", "where the instance is written; .gz compresses it")
        .json()
        .build();
  }

  /** The options that some kinds take and others don't. */
  private static Flags kindOptions() {
    return Flags.of()
        .value("name", "NAME", "of the instance")
        .value("file", "ID", "of what is distributed; default 'file'")
        .value("size", "BYTES", "of what is distributed, all shards together")
        .value("blocks", "N", "instead of --size: so many whole blocks; default 1000")
        .value("block-size", "BYTES", "default 1 MiB")
        .value("shards", "N", "cut what is distributed into N files; default 1")
        .value("source", "HOST", "who has it")
        .value("demand", "all|HOST,...", "who is to have it; default all others")
        .flag("relays", "hosts that don't demand it may pass it on")
        .value("objective", "NAME=WEIGHT,...", "such as cost=1; default makespan=1")
        .value("failed", "RESOURCE,...", "what is down: it has capacity 0")
        .flag("resumed", "the receivers hold parts already, and copies run")
        .value("growth", "BYTES/S", "the source holds a quarter and makes the rest at this rate")
        .value("seed", "N", "of the random choices; default 1")
        .value("up", "BYTES/S", "topology-zoo, optorsim: what a host sends; default no limit")
        .value("down", "BYTES/S", "topology-zoo, optorsim: what a host receives; default no limit")
        .value(
            "weight",
            "NAME",
            "topology-zoo, optorsim: of links on paths: hops (default), inverse-speed;"
                + " topology-zoo: distance, or an attribute of the edges")
        .value("default-speed", "BYTES/S", "topology-zoo: of links without LinkSpeedRaw")
        .flag("internal-only", "topology-zoo: without the nodes of other networks")
        .value("regions", "NAME,...", "skyplane: regions or clouds; default all")
        .value("vms", "N", "skyplane, cloudcast: machines in a region; default 1, cloudcast 2")
        .flag("separate-vms", "skyplane: each machine is a host of its own")
        .value(
            "egress-limit",
            "CLOUD=GBIT,...",
            "skyplane: of a machine; default aws=5,gcp=7,azure=16")
        .value(
            "ingress-limit",
            "CLOUD=GBIT,...",
            "skyplane: of a machine; default aws=10,gcp=16,azure=16")
        .value("pattern", "NAME", "synthetic: what is scarce")
        .value("hosts", "N", "synthetic: how many, the source among them; default 32")
        .value("sites", "N", "synthetic: at how many places; default 4")
        .value("collective", "NAME", "dgx1, ndv2: broadcast (default) or all-gather")
        .value("chunks", "N", "dgx1, ndv2: blocks, in an all-gather of each GPU; default 1")
        .value("boxes", "N", "ndv2: how many; default 2");
  }

  @Override
  public ExitStatus run(Arguments arguments) throws Exception {
    List<String> words = arguments.positional();
    if (words.isEmpty()) {
      throw CommandFailure.usage("KIND is missing; it is one of " + names());
    }
    ImportKind kind = kind(words.get(0));
    for (Option o : kindOptions().build().getOptions()) {
      if (arguments.has(o.getLongOpt()) && !kind.options().contains(o.getLongOpt())) {
        throw CommandFailure.usage("--" + o.getLongOpt() + ": no option of import " + kind.name());
      }
    }
    arguments.required("output");
    Path output = arguments.path("output").orElseThrow();
    List<Path> files = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      files.add(Arguments.pathOf("FILE", word));
    }
    Problem problem = kind.make(files, arguments);
    InstanceFormat.write(problem, output);
    Summary summary = Summary.of(problem);
    if (arguments.has("json")) {
      JsonOutput.print(json -> summary.write(json, output));
    } else {
      System.out.println(summary.line() + "; written to " + output);
    }
    return ExitStatus.DONE;
  }

  private ImportKind kind(String name) throws CommandFailure {
    for (ImportKind k : kinds) {
      if (k.name().equals(name)) {
        return k;
      }
    }
    throw CommandFailure.usage("KIND: '" + name + "' is none of " + names());
  }

  private String names() {
    return kinds.stream().map(ImportKind::name).collect(Collectors.joining(", "));
  }

  /** What has been made, in numbers. */
  private record Summary(
      String instance, int hosts, int resources, int paths, int files, long blocks, int demands) {
    static Summary of(Problem p) {
      return new Summary(
          p.name(),
          p.network().hosts().size(),
          p.network().resources().size(),
          p.network().paths().size(),
          p.files().size(),
          p.files().values().stream().mapToLong(f -> f.layout().blockCount()).sum(),
          p.demands().size());
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%s: %d hosts, %d resources, %d paths, %d files of %d blocks, %d demands",
          instance,
          hosts,
          resources,
          paths,
          files,
          blocks,
          demands);
    }

    void write(JsonGenerator json, Path output) throws IOException {
      json.writeStartObject();
      json.writeStringField("instance", instance);
      json.writeNumberField("hosts", hosts);
      json.writeNumberField("resources", resources);
      json.writeNumberField("paths", paths);
      json.writeNumberField("files", files);
      json.writeNumberField("blocks", blocks);
      json.writeNumberField("demands", demands);
      json.writeStringField("output", output.toString());
      json.writeEndObject();
    }
  }
}
