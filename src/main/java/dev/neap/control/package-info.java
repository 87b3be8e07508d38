/** Live control through the database: what people ask of a run on any machine, who asked it, and how far the run is. */
@NullMarked
package dev.neap.control;

import org.jspecify.annotations.NullMarked;
