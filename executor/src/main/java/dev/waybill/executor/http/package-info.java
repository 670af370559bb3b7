/** Where the executor is wired: the core's loop, its effects, and the server of the data plane. */
@NullMarked
package dev.waybill.executor.http;

import org.jspecify.annotations.NullMarked;
