/** Reads change files, with the line of every mistake, and writes their JSON Schema. */
@NullMarked
package dev.neap.change.yaml;

import org.jspecify.annotations.NullMarked;
