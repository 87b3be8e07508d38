@NullMarked
package dev.neap.preflight;

import org.jspecify.annotations.NullMarked;
