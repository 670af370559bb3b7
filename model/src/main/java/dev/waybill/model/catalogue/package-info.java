/** What is distributed: files, their versions, blocks and checksums. */
@NullMarked
package dev.waybill.model.catalogue;

import org.jspecify.annotations.NullMarked;
