package dev.waybill.planner.cli.kind;

import dev.waybill.model.json.FormatException;
import dev.waybill.model.schedule.Problem;
import dev.waybill.runtime.cli.Arguments;
import dev.waybill.runtime.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One kind of the command {@code import}: where an instance may come from. */
public interface ImportKind {
  /** All of them, as {@code --help} lists them. */
  static List<ImportKind> all() {
    return List.of(
        new TopologyZooKind(),
        new SkyplaneKind(),
        new CloudcastKind(),
        new OptorSimKind(),
        new SyntheticKind(),
        CollectiveKind.dgx1(),
        CollectiveKind.ndv2());
  }

  /** What the command line calls it. */
  String name();

  /** The files it reads, as in {@code GML} or {@code [FILE]}; empty where it reads none. */
  String files();

  /** What it makes, in one sentence. */
  String summary();

  /** The options that it takes. */
  Set<String> options();

  /**
   * Makes the instance.
   *
   * @throws FormatException where a file is malformed
   * @throws CommandFailure where an option is wrong or does not fit the files
   * @throws IOException where a file can't be read
   */
  Problem make(List<Path> files, Arguments arguments)
      throws IOException, FormatException, CommandFailure;
}
