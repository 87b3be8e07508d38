/** The hours in which work may run: when a window is open, when it opens next, and when work will be done in it. */
@NullMarked
package dev.neap.window;

import org.jspecify.annotations.NullMarked;
