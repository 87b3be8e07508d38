@NullMarked
package dev.neap.batch;

import org.jspecify.annotations.NullMarked;
