/** What a careful administrator checks before a big change, one check a file, each finding with its remedy. */
@NullMarked
package dev.neap.preflight;

import org.jspecify.annotations.NullMarked;
