/** Changing rows in ranges: which range next, how large, its SQL, and the checkpoint that commits with it. */
@NullMarked
package dev.neap.backfill;

import org.jspecify.annotations.NullMarked;
