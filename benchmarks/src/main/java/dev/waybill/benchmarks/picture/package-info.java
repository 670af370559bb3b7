/** What a schedule looks like, small enough to be drawn however many copies it has. */
@NullMarked
package dev.waybill.benchmarks.picture;

import org.jspecify.annotations.NullMarked;
