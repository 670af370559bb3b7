/** What is made of a distribution's trace: where its seconds went, as text and as a page. */
@NullMarked
package dev.waybill.executor.trace;

import org.jspecify.annotations.NullMarked;
