/** Whole changes on real servers: every example, crashes, contention, outages. */
@NullMarked
package dev.neap.scenario;

import org.jspecify.annotations.NullMarked;
