package dev.waybill.runtime.cli;

import org.apache.commons.cli.Options;

/** One word of the command line, {@code ./waybill NAME}. */
public interface Command {
  String name();

  /** What it does, in one sentence. */
  String summary();

  /** The arguments after the name, as in {@code INSTANCE [options]}. */
  String usage();

  /** One complete command line that does something useful. */
  String example();

  /**
   * Its own options; {@code --help}, {@code --version}, {@code --config} and {@code --debug} are
   * added to them.
   */
  Options options();

  /**
   * Runs it.
   *
   * @return how it ended; a failure that people have to read about is thrown instead
   * @throws CommandFailure with the one line that standard error gets
   * @throws java.io.IOException where a file or a peer can't be reached: status 4 with the
   *     exception's message
   * @throws dev.waybill.model.json.FormatException where input is malformed: status 2
   */
  ExitStatus run(Arguments arguments) throws Exception;
}
