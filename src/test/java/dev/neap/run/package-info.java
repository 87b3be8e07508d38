@NullMarked
package dev.neap.run;

import org.jspecify.annotations.NullMarked;
