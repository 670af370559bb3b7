package dev.waybill.planner.cli;

import dev.waybill.runtime.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code import} did in this process.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained of, without the line's end
 */
record Ran(int status, String out, String err) {
  static Ran imports(List<String> words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      String[] args = new String[words.size() + 1];
      args[0] = "import";
      for (int i = 0; i < words.size(); i++) {
        args[i + 1] = words.get(i);
      }
      int status = new CommandLine(List.of(new ImportCommand())).run(args);
      return new Ran(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8).stripTrailing());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
