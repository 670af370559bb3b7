/** The messages between the master, the executors, the publisher and the client commands. */
@NullMarked
package dev.waybill.model.protocol;

import org.jspecify.annotations.NullMarked;
