/** The operations of a change, one a file. Each says what it needs to know, what stands against it, and its steps. */
@NullMarked
package dev.neap.change.operation;

import org.jspecify.annotations.NullMarked;
