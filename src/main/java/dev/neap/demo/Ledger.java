package dev.neap.demo;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the application was told is committed, row by row: what the table must hold in the end. Each row belongs to one
 * worker, which alone writes it, so the last entry is the last commit.
 */
final class Ledger {

    /**
     * A row that the application has written.
     *
     * @param deleted whether it must be gone
     * @param email normalized; empty if it is still as the table was filled
     * @param logins how often it was counted
     */
    record Entry(boolean deleted, Optional<String> email, int logins) {

        static final Entry UNTOUCHED = new Entry(false, Optional.empty(), 0);

        Entry withEmail(String normalized) {
            return new Entry(deleted, Optional.of(normalized), logins);
        }

        Entry withLogin() {
            return new Entry(deleted, email, logins + 1);
        }

        Entry gone() {
            return new Entry(true, email, logins);
        }
    }

    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong inserts = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    void inserted(long id, String normalized) {
        entries.put(id, Entry.UNTOUCHED.withEmail(normalized));
        inserts.incrementAndGet();
        writes.incrementAndGet();
    }

    void deleted(long id) {
        entries.put(id, of(id).gone());
        deletes.incrementAndGet();
        writes.incrementAndGet();
    }

    void updated(long id, Entry now) {
        entries.put(id, now);
        writes.incrementAndGet();
    }

    /** What a row must hold; {@link Entry#UNTOUCHED} if the application has not written it. */
    Entry of(long id) {
        return entries.getOrDefault(id, Entry.UNTOUCHED);
    }

    /** All rows that were written. */
    Map<Long, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** Committed inserts minus committed deletes. */
    long growth() {
        return inserts.get() - deletes.get();
    }

    /** All that was committed. */
    long writes() {
        return writes.get();
    }
}
