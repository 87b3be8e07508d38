/** What transactions really do, on servers of every version. */
@NullMarked
package dev.neap.trace;

import org.jspecify.annotations.NullMarked;
