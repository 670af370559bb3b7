package dev.waybill.executor.cli;

import dev.waybill.runtime.cli.CommandLine;
import java.util.List;

/** Where the small jar begins: the one that is on every host. */
public final class ExecutorMain {
  private ExecutorMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().run(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(
        List.of(
            new ExecutorCommand(),
            new PublishCommand(),
            new DemandCommand(),
            new WithdrawCommand(),
            new ExplainCommand(),
            new WhatIfCommand(),
            new StatusCommand(),
            new WaitCommand(),
            new TraceCommand(),
            new SnapshotCommand(),
            new DemoCommand()));
  }
}
