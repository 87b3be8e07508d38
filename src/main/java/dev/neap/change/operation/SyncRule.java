package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import java.util.List;

/** What a sync trigger does to a row that is written while a change runs. */
public sealed interface SyncRule {

    /** The columns whose writing makes the rule necessary. */
    List<Identifier> watched();

    /**
     * A column that follows from others.
     *
     * @param sources the columns that the expression reads
     */
    record Derived(Identifier column, String expression, List<Identifier> sources) implements SyncRule {
        @Override
        public List<Identifier> watched() {
            return sources;
        }
    }

    /** Two names for one value: whichever is written, the other follows. */
    record Mirror(Identifier old, Identifier renamed) implements SyncRule {
        @Override
        public List<Identifier> watched() {
            return List.of(old, renamed);
        }
    }

    /** A column that gets a value where a client writes NULL. */
    record FillNull(Identifier column, String expression) implements SyncRule {
        @Override
        public List<Identifier> watched() {
            return List.of(column);
        }
    }
}
