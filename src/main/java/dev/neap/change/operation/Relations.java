package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;

/** Facts about relations that may bear another name than the one under which a change knows its table. */
final class Relations {

    private Relations() {}

    /** The table that is known by its oid bears the name now. */
    static Fact isCalled(long oid, Identifier name) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = %d AND relname = %s)"
                        .formatted(oid, Literal.of(name.value())),
                "the table is called " + name);
    }

    /** A relation bears the name now. */
    static Fact isThere(QualifiedName name) {
        return new Fact.Says("SELECT " + exists(name), name + " is there");
    }

    /** It is dropped or detached: what is done to partitions passes it by. */
    static Fact.Says isNoPartition(QualifiedName name) {
        return new Fact.Says(
                "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = %s AND relispartition)"
                        .formatted(oid(name)),
                name + " is no partition any more");
    }

    /** A view bears the name now. */
    static Fact isView(QualifiedName name) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = %s AND relkind = 'v')".formatted(oid(name)),
                name + " is a view");
    }

    /** The relation, whatever it is called now, has a constraint of the name. */
    static Fact hasConstraint(QualifiedName relation, Identifier constraint) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = %s AND conname = %s)"
                        .formatted(oid(relation), Literal.of(constraint.value())),
                relation + " has constraint " + constraint);
    }

    /** The relation's foreign key of the name references the table that bears the other name now. */
    static Fact references(QualifiedName relation, Identifier constraint, QualifiedName referenced) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = %s AND conname = %s AND confrelid = %s)"
                        .formatted(oid(relation), Literal.of(constraint.value()), oid(referenced)),
                "foreign key " + constraint + " of " + relation + " references " + referenced);
    }

    /** The constraint is there and every row is known to keep it. */
    static Fact isValidated(QualifiedName relation, Identifier constraint) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = %s AND conname = %s AND convalidated)"
                        .formatted(oid(relation), Literal.of(constraint.value())),
                "constraint " + constraint + " of " + relation + " is validated");
    }

    /** The relation has a trigger of the name. */
    static Fact hasTrigger(QualifiedName relation, Identifier trigger) {
        return new Fact.Says(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = %s AND tgname = %s)"
                        .formatted(oid(relation), Literal.of(trigger.value())),
                relation + " has trigger " + trigger);
    }

    /** A function without arguments is there. */
    static Fact hasFunction(QualifiedName function) {
        return new Fact.Says(
                "SELECT pg_catalog.to_regprocedure(%s) IS NOT NULL".formatted(Literal.of(function + "()")),
                "function " + function + " is there");
    }

    private static String exists(QualifiedName name) {
        return oid(name) + " IS NOT NULL";
    }

    private static String oid(QualifiedName name) {
        return "pg_catalog.to_regclass(%s)".formatted(Literal.of(name.sql()));
    }
}
