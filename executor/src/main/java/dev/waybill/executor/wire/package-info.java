/**
 * The lean frame of the data plane: TCP connections with blocking threads, HTTP heads, and bodies
 * that go from file to socket and from socket to file with as little in between as there can be.
 */
@NullMarked
package dev.waybill.executor.wire;

import org.jspecify.annotations.NullMarked;
