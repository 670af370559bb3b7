package dev.waybill.model.schedule;

import dev.waybill.model.catalogue.BlockSet;

/** Part of a problem: the blocks of a file that a host holds, verified, at time 0. */
public record Holding(String host, String file, BlockSet blocks) {}
