/** The master's durable state: a port, and its adapters to SQLite, embedded, and to PostgreSQL. */
@NullMarked
package dev.waybill.planner.catalogue;

import org.jspecify.annotations.NullMarked;
