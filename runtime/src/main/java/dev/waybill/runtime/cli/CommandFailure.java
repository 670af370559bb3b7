package dev.waybill.runtime.cli;

/**
 * How a command ends when it does not do what it was asked: an exit status and one line for
 * standard error.
 */
public final class CommandFailure extends Exception {
  private final ExitStatus status;

  public CommandFailure(ExitStatus status, String line) {
    super(line);
    this.status = status;
  }

  public CommandFailure(ExitStatus status, String line, Throwable cause) {
    super(line, cause);
    this.status = status;
  }

  public static CommandFailure usage(String line) {
    return new CommandFailure(ExitStatus.USAGE, line);
  }

  public ExitStatus status() {
    return status;
  }
}
