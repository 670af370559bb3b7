package dev.waybill.runtime.cli;

/** What a command's exit status says; part of the command line's contract. */
public enum ExitStatus {
  DONE(0),
  /** The answer is no: a schedule breaks a constraint, a wait ran out, a version is refused. */
  NO(1),
  /** Wrong usage or malformed input. */
  USAGE(2),
  /** No schedule can meet every demand. */
  INFEASIBLE(3),
  /** The master or a file can't be reached or written. */
  UNREACHABLE(4),
  /** This solver can't handle this instance. */
  UNSUPPORTED(5);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
