/**
 * The comparison with other distribution systems: an emulated wide-area network of namespaces, and
 * the same file distributed on it by Waybill, BitTorrent, rsync and a hand-made chain.
 */
@NullMarked
package dev.waybill.benchmarks.wan;

import org.jspecify.annotations.NullMarked;
