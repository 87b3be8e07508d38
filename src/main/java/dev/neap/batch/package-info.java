/** Changes as Spring Batch jobs. With app, the only room that knows Spring Batch. */
@NullMarked
package dev.neap.batch;

import org.jspecify.annotations.NullMarked;
