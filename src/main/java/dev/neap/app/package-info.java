/** Main, settings and wiring. */
@NullMarked
package dev.neap.app;

import org.jspecify.annotations.NullMarked;
