package dev.neap.change.operation;

import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Into which partitions a table is divided.
 *
 * @param by the method
 * @param key the columns that decide; exactly one unless by hash
 * @param named partitions that are written out
 * @param every equal stretches of time or of numbers
 * @param modulus how many partitions by hash; 2 to 1,000
 * @param rest whether there is a partition for rows that fit in no other
 */
public record PartitionScheme(
        Method by,
        List<Identifier> key,
        List<Named> named,
        Optional<Every> every,
        Optional<Integer> modulus,
        boolean rest) {

    /** The ways to divide a table. */
    public enum Method {
        /** By stretches of an ordered column. */
        RANGE,
        /** By the values of a column. */
        LIST,
        /** Evenly, by a hash of some columns. */
        HASH
    }

    /** How many partitions one file may ask for; each is locked wherever the table as a whole is. */
    static final int MOST = 1_000;

    public PartitionScheme {
        key = List.copyOf(key);
        named = List.copyOf(named);
    }

    /** All partitions of a table, in order, the one for the rest last. */
    List<Named> partitions(Identifier table) {
        List<Named> all = new ArrayList<>(named);
        every.flatMap(Every::stretches).ifPresent(stretches -> all.addAll(stretches.partitions(table)));
        for (int i = 0; i < modulus.orElse(0); i++) {
            all.add(new Named(
                    Identifier.shortened(table.value(), "_p" + i), new PartitionBound.Share(modulus.orElseThrow(), i)));
        }
        if (rest) {
            all.add(new Named(Identifier.shortened(table.value(), "_default"), new PartitionBound.Rest()));
        }
        return all;
    }
}
