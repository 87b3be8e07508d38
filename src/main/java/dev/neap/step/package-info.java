/** The vocabulary of a plan: what a step is, which lock it takes, what it costs, how it is undone. */
@NullMarked
package dev.neap.step;

import org.jspecify.annotations.NullMarked;
