@NullMarked
package dev.neap.preflight.estimate;

import org.jspecify.annotations.NullMarked;
