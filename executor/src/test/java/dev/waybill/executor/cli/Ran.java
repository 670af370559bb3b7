package dev.waybill.executor.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command that has been run in this process: its status and what it has printed. */
public record Ran(int status, String out, String err) {
  public static Ran command(String... words) {
    return withInput(new ByteArrayInputStream(new byte[0]), words);
  }

  public static Ran withInput(InputStream in, String... words) {
    InputStream oldIn = System.in;
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setIn(in);
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = ExecutorMain.commandLine().run(words);
      return new Ran(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(oldIn);
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  /** What standard error got, without the end of its last line. */
  public String line() {
    return err.stripTrailing();
  }
}
