/**
 * A scratch copy of a schema, without rows, on a server of its own: what statements do is seen there, and never where
 * people work.
 */
@NullMarked
package dev.neap.shadow;

import org.jspecify.annotations.NullMarked;
