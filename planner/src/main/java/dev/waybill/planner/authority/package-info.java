/**
 * The certificate authority of an installation: what {@code waybill ca} and an enrolling master
 * use.
 */
@NullMarked
package dev.waybill.planner.authority;

import org.jspecify.annotations.NullMarked;
