package dev.waybill.planner.packing;

import dev.waybill.planner.indexed.BlockClass;
import java.util.List;

/**
 * Classes of blocks of a packing problem that the same pools possess and need, so that every tree
 * for one is a tree for the others.
 *
 * @param classes the classes
 * @param bytes of all of them
 * @param sources indices of the pools of which some host possesses them
 * @param targets indices of the pools of which some host needs them
 * @param copies for each target, how many of its hosts need them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Commodity(
    List<BlockClass> classes, double bytes, int[] sources, int[] targets, int[] copies) {}
