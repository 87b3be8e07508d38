/** How fast work may go: signals are read, a verdict is given, the reason is always visible. */
@NullMarked
package dev.neap.pace;

import org.jspecify.annotations.NullMarked;
