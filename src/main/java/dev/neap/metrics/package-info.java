/** What runs are measured by, as Micrometer meters. */
@NullMarked
package dev.neap.metrics;

import org.jspecify.annotations.NullMarked;
