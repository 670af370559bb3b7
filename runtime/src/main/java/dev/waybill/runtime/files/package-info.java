/** What processes of Waybill do with folders. */
@NullMarked
package dev.waybill.runtime.files;

import org.jspecify.annotations.NullMarked;
