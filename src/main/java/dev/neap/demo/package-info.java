/** A real database under traffic, to show a change at work. */
@NullMarked
package dev.neap.demo;

import org.jspecify.annotations.NullMarked;
