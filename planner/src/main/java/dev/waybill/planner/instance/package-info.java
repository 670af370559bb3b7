/** Where instances come from: public formats and generators, made into problems. */
@NullMarked
package dev.waybill.planner.instance;

import org.jspecify.annotations.NullMarked;
