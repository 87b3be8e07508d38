/** Starts the program and wires it together. */
@NullMarked
package dev.neap.app;

import org.jspecify.annotations.NullMarked;
