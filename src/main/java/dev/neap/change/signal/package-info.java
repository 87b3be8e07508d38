/** What may be watched while rows are changed, and how a change file or the configuration asks for it. */
@NullMarked
package dev.neap.change.signal;

import org.jspecify.annotations.NullMarked;
