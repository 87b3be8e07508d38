package dev.neap.backfill;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lays a table out in ranges. */
public sealed interface Ranges permits KeyRanges, BlockRanges, MovedRanges {

    /**
     * A part of what tells a row from all others.
     *
     * @param column as SQL
     * @param collation {@code COLLATE …}, where its index does not use the column's own; else empty text
     * @param type of its values
     */
    record KeyPart(String column, String collation, String type) {

        /** What is compared. */
        public String expression() {
            return column + collation;
        }
    }

    /** The columns of the key; {@code ctid} where rows are told by their addresses. */
    List<KeyPart> keyParts();

    /** The first key (or tuple address) of the table right now; empty if it has none that {@link KeySpace} can measure. */
    Optional<List<String>> first(JdbcClient jdbc);

    /** The last key (or tuple address) that the table has right now; empty for an empty table. */
    Optional<List<String>> last(JdbcClient jdbc);

    /**
     * The range after {@code after}, not beyond {@code upper}.
     *
     * @param size how much it should hold, in this walk's units (rows, or tuple slots); ≥ 1
     * @return empty if there is nothing more
     */
    Optional<Range> next(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size);

    /**
     * Who has to be waited for before {@link #next} can tell what comes after {@code after}; asked in no transaction.
     *
     * @return empty if nobody has
     */
    default Optional<String> inTheWay(JdbcClient jdbc, Optional<List<String>> after, List<String> upper) {
        return Optional.empty();
    }

    /**
     * The spans after {@code after}, not beyond {@code upper}: all of {@code size} but the last, which may be smaller.
     *
     * @param size in this walk's units; ≥ 1
     * @param most how many; ≥ 1
     * @return empty if there is nothing more
     */
    List<Span> spans(JdbcClient jdbc, Optional<List<String>> after, List<String> upper, long size, int most);

    /**
     * About {@code parts - 1} keys, rising, that cut the table into parts of about the same size.
     *
     * @param parts ≥ 2
     */
    List<List<String>> cuts(JdbcClient jdbc, int parts);

    /** The file that addresses are in; empty where they are keys. */
    Optional<Long> file(JdbcClient jdbc);

    /**
     * An SQL expression over a row, from 0 to {@code modulus - 1}, that tells strands apart: cheap, the same each time,
     * and about as often each number on every page.
     *
     * @param modulus ≥ 1
     */
    String remainder(int modulus);

    /**
     * About how many microseconds it takes to see that a row does not belong to a strand: 0.1 for a whole number or an
     * address, and 0.15 more for each other column, whose value is hashed and compared (both measured).
     */
    default double lookingCost() {
        return 0.1;
    }

    /** The same number for the rows of {@code range}, by an expression that may be cheaper and wrong for others. */
    default String remainder(int modulus, Range range) {
        return remainder(modulus);
    }

    /** The size of spans that hold so many rows. */
    long sizeOf(long rows);

    /** The condition that a row is in the range, with one {@code ?} for each of {@link #parameters}. */
    String condition(Range range);

    /** The parameters of {@link #condition}, in order. */
    List<Object> parameters(Range range);

    /**
     * A condition that the row's name is {@code array}, a {@code text[]} in SQL; {@code prefix} stands before the row's
     * columns.
     */
    String keyIs(String prefix, String array);

    /**
     * A condition that the row's name is among the {@code text[]} values of column {@code array} of {@code source}, which
     * is what follows FROM; {@code prefix} as above.
     */
    String keyIsAmong(String prefix, String array, String source);

    /** The key of the row, as it is named to people, of a range of size 1; empty if it holds none any more. */
    Optional<List<String>> keyOfOnly(JdbcClient jdbc, Range range);

    /**
     * How a row is named to people, and among those set aside: by its key, where it has one.
     *
     * @param key the values of {@link #keyParts}
     * @return empty if there is no such row any more
     */
    Optional<List<String>> name(JdbcClient jdbc, List<String> key);

    /** The size with which to begin. */
    long initialSize();

    /** The largest sensible size. */
    long maxSize();
}
