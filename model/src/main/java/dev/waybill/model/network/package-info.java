/**
 * The network as the planner sees it: resources with a capacity, paths over them, hosts at their
 * ends.
 */
@NullMarked
package dev.waybill.model.network;

import org.jspecify.annotations.NullMarked;
