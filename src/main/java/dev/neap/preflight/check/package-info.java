/** What a careful administrator looks at before a big change: one check a file, all listed in {@link Checks}. */
@NullMarked
package dev.neap.preflight.check;

import org.jspecify.annotations.NullMarked;
