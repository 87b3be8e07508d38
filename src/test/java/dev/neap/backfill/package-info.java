@NullMarked
package dev.neap.backfill;

import org.jspecify.annotations.NullMarked;
