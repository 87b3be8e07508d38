package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.util.List;

/** What a change has made for its own use, and has to take away in the end. */
final class Residue {

    private static final String QUERY = """
            SELECT 'relation ' || oid::regclass FROM pg_class
             WHERE relname ~ 'neap' AND relnamespace <> to_regnamespace('neap')
               AND relnamespace <> to_regnamespace('pg_toast')
            UNION ALL
            SELECT 'constraint ' || conname FROM pg_constraint
             WHERE conname ~ 'neap' AND connamespace <> to_regnamespace('neap')
            UNION ALL
            SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname ~ 'neap'
            UNION ALL
            SELECT 'function ' || oid::regprocedure FROM pg_proc
             WHERE proname ~ 'neap' OR pronamespace = to_regnamespace('neap')
            UNION ALL
            SELECT 'note on a row' FROM neap.kept
            UNION ALL
            SELECT 'note on a row that moved' FROM neap.moved
            """;

    private Residue() {}

    /** Empty once a change is completed or rolled back. */
    static List<String> in(TestDatabase database) {
        return database.list(String.class, QUERY);
    }
}
