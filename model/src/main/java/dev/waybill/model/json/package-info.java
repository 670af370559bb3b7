/** The formats read and written: strict, with the place of every error. */
@NullMarked
package dev.waybill.model.json;

import org.jspecify.annotations.NullMarked;
