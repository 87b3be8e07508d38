/** Turns a change and a catalog into the ordered steps that carry it out. Pure. */
@NullMarked
package dev.neap.plan;

import org.jspecify.annotations.NullMarked;
