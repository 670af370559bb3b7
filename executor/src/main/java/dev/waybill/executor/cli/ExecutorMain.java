package dev.waybill.executor.cli;

import dev.waybill.runtime.cli.CommandLine;
import java.util.List;

/** The main class of the executor's jar: the agent, the generator and the client commands. */
public final class ExecutorMain {
  private ExecutorMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(List.of(new ExecutorCommand())).run(args));
  }
}
