/** Telling others what becomes of a run, as it happens: commands and webhooks that can never hold it up. */
@NullMarked
package dev.neap.hook;

import org.jspecify.annotations.NullMarked;
