package dev.waybill.model.json;

import dev.waybill.model.schedule.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** The format {@code waybill-instance/1}: a problem, as planning runs and benchmarks read it. */
public final class InstanceFormat {
  /** What the document calls itself. */
  public static final String NAME = "waybill-instance/1";

  private InstanceFormat() {}

  /** Reads a file, compressed with gzip or not. */
  public static Problem read(Path path) throws IOException, FormatException {
    return JsonInput.read(path, json -> new InstanceReader(json).read());
  }

  /**
   * Reads a document, compressed with gzip or not, to its end.
   *
   * @param sourceName what errors call it
   */
  public static Problem read(InputStream in, String sourceName)
      throws IOException, FormatException {
    return JsonInput.read(in, sourceName, json -> new InstanceReader(json).read());
  }

  /**
   * Writes a file, as a whole or not at all; with gzip where its name ends in {@code .gz}. The
   * addresses of hosts are left out, which instances have none of.
   */
  public static void write(Problem problem, Path path) throws IOException {
    JsonOutput.write(path, json -> new InstanceWriter(json).write(problem));
  }

  /** Writes a document, likewise without addresses, and leaves {@code out} open. */
  public static void write(Problem problem, OutputStream out) throws IOException {
    JsonOutput.write(out, json -> new InstanceWriter(json).write(problem));
  }
}
