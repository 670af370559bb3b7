package dev.waybill.executor.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstration is asked to do.
 *
 * @param launcher the {@code waybill} script
 * @param hosts how many executors, the origin's included
 * @param bytes of a random file; of no meaning where there is a {@code file}
 * @param file what to distribute; null: a random file
 * @param solver null: the master's default
 */
public record DemoSettings(
    Path launcher, int hosts, long bytes, @Nullable Path file, @Nullable String solver) {}
