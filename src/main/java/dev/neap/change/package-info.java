/** A change: what its file says, checked as far as the file alone allows. */
@NullMarked
package dev.neap.change;

import org.jspecify.annotations.NullMarked;
