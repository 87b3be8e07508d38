/** Settings of the transactions in which rows are changed: which, why, and what the server permits. */
@NullMarked
package dev.neap.session;

import org.jspecify.annotations.NullMarked;
