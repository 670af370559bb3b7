/**
 * Who a process is, and who its peers are: certificates, keys, and the secured connections made of
 * them.
 */
@NullMarked
package dev.waybill.runtime.identity;

import org.jspecify.annotations.NullMarked;
