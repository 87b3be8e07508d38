/** Transforms to learn from, which the change files in {@code jobs} use. */
@NullMarked
package dev.neap.transform.example;

import org.jspecify.annotations.NullMarked;
