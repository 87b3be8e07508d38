/** The command line: commands, exit codes, and what the terminal shows. */
@NullMarked
package dev.neap.cli;

import org.jspecify.annotations.NullMarked;
