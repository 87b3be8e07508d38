/** What lint found, as people, scripts and code hosts read it. */
@NullMarked
package dev.neap.lint.report;

import org.jspecify.annotations.NullMarked;
