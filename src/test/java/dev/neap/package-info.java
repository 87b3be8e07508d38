/** What holds for the whole program. */
@NullMarked
package dev.neap;

import org.jspecify.annotations.NullMarked;
