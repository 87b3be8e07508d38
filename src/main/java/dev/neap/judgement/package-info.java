/**
 * What a change's own SQL really does: PostgreSQL is asked on a shadow, once the change is planned and before it runs.
 */
@NullMarked
package dev.neap.judgement;

import org.jspecify.annotations.NullMarked;
