/** The frame of every HTTP server: routes, limits, refusals as problem details. */
@NullMarked
package dev.waybill.runtime.http;

import org.jspecify.annotations.NullMarked;
