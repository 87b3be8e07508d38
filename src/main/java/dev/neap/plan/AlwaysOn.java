package dev.neap.plan;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;

/**
 * Makes a trigger fire whatever {@code session_replication_role} is: rows that arrive by a logical subscription, or by a
 * load with triggers switched off, have to be right too.
 */
final class AlwaysOn {

    private AlwaysOn() {}

    static String statement(QualifiedName table, Identifier trigger) {
        return "ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER " + trigger;
    }
}
