@NullMarked
package dev.neap.preflight.check;

import org.jspecify.annotations.NullMarked;
