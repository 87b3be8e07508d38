/** The signals, one a file: each reads one thing and says how much of the room up to its limit is taken. */
@NullMarked
package dev.neap.pace.signal;

import org.jspecify.annotations.NullMarked;
