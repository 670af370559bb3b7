/** Units in types: what is bytes, what is bytes per second, what is an identifier. */
@NullMarked
package dev.waybill.model.unit;

import org.jspecify.annotations.NullMarked;
