/** The life of a run: its states, its lease, its history, and the commands that move it on. */
@NullMarked
package dev.neap.run;

import org.jspecify.annotations.NullMarked;
