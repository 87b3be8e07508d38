package dev.neap.plan;

import dev.neap.catalog.Key;
import dev.neap.catalog.Leaf;
import java.util.List;
import java.util.Optional;

/** How the rows of a table are visited, and why so. */
public sealed interface Walk {

    /** The reason, as a sentence for the reader of the plan. */
    String reason();

    /** The key by which at least some rows are visited; empty if none are. */
    Optional<Key> keyed();

    /** Whether some row can get out of the way by any update, since it is told by its address. */
    boolean byAddress();

    /** In key order: each range begins after the last key of the one before. */
    record ByKey(Key key, String reason) implements Walk {

        @Override
        public Optional<Key> keyed() {
            return Optional.of(key);
        }

        @Override
        public boolean byAddress() {
            return false;
        }
    }

    /** In the order of the table's blocks, by {@code ctid}; only right where doing a row twice does no harm. */
    record ByBlock(String reason) implements Walk {

        @Override
        public Optional<Key> keyed() {
            return Optional.empty();
        }

        @Override
        public boolean byAddress() {
            return true;
        }
    }

    /**
     * Each leaf of a partitioned table by itself.
     *
     * @param key in whose order leaves are visited; empty if none is
     * @param leaves as they were when the run began: a unit each
     */
    record ByLeaf(Optional<Key> key, List<Unit> leaves, String reason) implements Walk {

        public ByLeaf {
            leaves = List.copyOf(leaves);
        }

        @Override
        public Optional<Key> keyed() {
            return key;
        }

        @Override
        public boolean byAddress() {
            return key.isEmpty() || leaves.stream().anyMatch(Unit::byBlock);
        }

        /** Whether a leaf is visited by block; one that has come meanwhile only where there is no key. */
        public boolean byBlock(long oid) {
            return leaves.stream()
                    .filter(unit -> unit.leaf().oid() == oid)
                    .findFirst()
                    .map(Unit::byBlock)
                    .orElse(key.isEmpty());
        }
    }

    /**
     * A leaf.
     *
     * @param byBlock whether in the order of its blocks; else by key
     * @param why it is not as the others, as a clause; empty text if it is as they are
     */
    record Unit(Leaf leaf, boolean byBlock, String why) {}
}
