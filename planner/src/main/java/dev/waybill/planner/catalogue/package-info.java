/** The master's durable state: a port, and its adapter to an embedded database. */
@NullMarked
package dev.waybill.planner.catalogue;

import org.jspecify.annotations.NullMarked;
