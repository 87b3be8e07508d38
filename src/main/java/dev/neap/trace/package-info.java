/** What a transaction really did to relations: its locks, rewrites and scans, compared with what was planned. */
@NullMarked
package dev.neap.trace;

import org.jspecify.annotations.NullMarked;
