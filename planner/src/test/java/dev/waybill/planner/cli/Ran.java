package dev.waybill.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.json.InstanceFormat;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Resource;
import dev.waybill.model.schedule.Problem;
import dev.waybill.runtime.cli.Command;
import dev.waybill.runtime.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command did in this process.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained of, without the line's end
 */
record Ran(int status, String out, String err) {
  static Ran imports(List<String> words) {
    String[] args = new String[words.size() + 1];
    args[0] = "import";
    for (int i = 0; i < words.size(); i++) {
      args[i + 1] = words.get(i);
    }
    return of(new ImportCommand(), args);
  }

  static Ran of(Command command, String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int status = new CommandLine(List.of(command)).run(args);
      return new Ran(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8).stripTrailing());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** The instance that {@code import} makes, by way of a compressed file. */
  static Problem problem(Path folder, String... words) throws Exception {
    Path output = folder.resolve("out.json.gz");
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", output.toString()));
    Ran ran = imports(all);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    return InstanceFormat.read(output);
  }

  /** Bytes per second by resource. */
  static Map<String, Double> capacities(Network network) {
    Map<String, Double> capacities = new HashMap<>();
    for (Resource r : network.resources().values()) {
      capacities.put(r.id(), r.capacity().bytesPerSecond());
    }
    return capacities;
  }
}
