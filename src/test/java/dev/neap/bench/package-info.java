/**
 * The benchmark: ways to change every row of a table, measured one after the other on copies of the same table. Begins
 * in {@link dev.neap.bench.Benchmark}; what it is and how it is run stands in src/docs/benchmarks.md.
 */
@NullMarked
package dev.neap.bench;

import org.jspecify.annotations.NullMarked;
