/** What a change will cost in time, WAL and disk, before it runs. */
@NullMarked
package dev.neap.preflight.estimate;

import org.jspecify.annotations.NullMarked;
