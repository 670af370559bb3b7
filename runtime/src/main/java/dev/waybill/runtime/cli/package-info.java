/** The frame of every command: options, configuration files, exit statuses, one-line errors. */
@NullMarked
package dev.waybill.runtime.cli;

import org.jspecify.annotations.NullMarked;
