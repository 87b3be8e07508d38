@NullMarked
package dev.neap.pace;

import org.jspecify.annotations.NullMarked;
