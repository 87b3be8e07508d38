package dev.neap.change.operation;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Column;
import dev.neap.catalog.Retyped;
import dev.neap.catalog.Retyped.UniqueText;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements by which a column and what hangs on it give up their names to their successors, and those by which they
 * get them back. The first one of each list takes ACCESS EXCLUSIVE on the table; none reads a row.
 */
final class SwapStatements {

    private final Target target;
    private final Column old;
    private final Retyped retyped;
    private final List<String> sql = new ArrayList<>();

    private SwapStatements(Target target, Column old, Retyped retyped) {
        this.target = target;
        this.old = old;
        this.retyped = retyped;
    }

    static List<String> forth(Target target, Column old, Retyped retyped) {
        return new SwapStatements(target, old, retyped).forth();
    }

    static List<String> back(Target target, Column old, Retyped retyped) {
        return new SwapStatements(target, old, retyped).back();
    }

    private List<String> forth() {
        primaryKeys().forEach(key -> alter("DROP CONSTRAINT " + key.name()));
        rename("COLUMN", old.name(), predecessor(old.name()));
        rename("COLUMN", successor(old.name()), old.name());
        for (Identifier constraint : constraints()) {
            rename("CONSTRAINT", constraint, predecessor(constraint));
            rename("CONSTRAINT", successor(constraint), constraint);
        }
        for (IndexText index : retyped.indexes()) {
            renameIndex(index.name(), predecessor(index.name()));
            renameIndex(successor(index.name()), index.name());
        }
        primaryKeys().forEach(key -> addPrimaryKey(key, successor(key.name())));
        sources(predecessor(old.name()), old.name(), retyped.defaultSql());
        comments();
        sql.addAll(retyped.marks());
        return sql;
    }

    private List<String> back() {
        primaryKeys().forEach(key -> alter("DROP CONSTRAINT " + key.name()));
        rename("COLUMN", old.name(), successor(old.name()));
        rename("COLUMN", predecessor(old.name()), old.name());
        for (Identifier constraint : constraints()) {
            rename("CONSTRAINT", constraint, successor(constraint));
            rename("CONSTRAINT", predecessor(constraint), constraint);
        }
        for (IndexText index : retyped.indexes()) {
            renameIndex(index.name(), successor(index.name()));
            renameIndex(predecessor(index.name()), index.name());
        }
        primaryKeys().forEach(key -> addPrimaryKey(key, predecessor(key.name())));
        primaryKeys().forEach(this::comment);
        sources(successor(old.name()), old.name(), old.defaultSql());
        sql.addAll(retyped.marks());
        return sql;
    }

    private List<UniqueText> primaryKeys() {
        return retyped.uniques().stream().filter(UniqueText::primary).toList();
    }

    /** All that two of can stand side by side: not the primary key. */
    private List<Identifier> constraints() {
        List<Identifier> names = new ArrayList<>();
        retyped.uniques().stream().filter(key -> !key.primary()).map(UniqueText::name).forEach(names::add);
        retyped.constraints().stream().map(ConstraintText::name).forEach(names::add);
        NotNullSteps.constraint(target.table(), old.name()).ifPresent(names::add);
        return names;
    }

    private Identifier successor(Identifier name) {
        return target.names().successor(name);
    }

    private Identifier predecessor(Identifier name) {
        return target.names().predecessor(name);
    }

    private void alter(String action) {
        sql.add(target.alterTable() + " " + action);
    }

    private void rename(String kind, Identifier from, Identifier to) {
        alter("RENAME " + kind + " " + from + " TO " + to);
    }

    private void renameIndex(Identifier from, Identifier to) {
        sql.add("ALTER INDEX " + target.table().name().sibling(from) + " RENAME TO " + to);
    }

    private void addPrimaryKey(UniqueText key, Identifier index) {
        alter("ADD CONSTRAINT " + key.name() + " PRIMARY KEY USING INDEX " + index + key.deferral());
    }

    /** Where rows get their values from that are given none: a default or an identity. */
    private void sources(Identifier from, Identifier to, Optional<String> defaultSql) {
        switch (old.origin()) {
            case PLAIN -> {
                if (old.defaultSql().isPresent()) {
                    alter("ALTER COLUMN " + from + " DROP DEFAULT");
                }
                defaultSql.ifPresent(value -> alter("ALTER COLUMN " + to + " SET DEFAULT " + value));
            }
            case IDENTITY_ALWAYS -> sql.add(new IdentityMove(target, from, to).sql("ALWAYS"));
            case IDENTITY_BY_DEFAULT -> sql.add(new IdentityMove(target, from, to).sql("BY DEFAULT"));
            case GENERATED -> throw new IllegalStateException("Column " + old.name() + " is generated.");
        }
    }

    private void comments() {
        retyped.indexes()
                .forEach(index -> index.comment()
                        .map(text -> "COMMENT ON INDEX " + target.table().name().sibling(index.name()) + " IS "
                                + Literal.of(text))
                        .ifPresent(sql::add));
        retyped.constraints()
                .forEach(constraint -> constraint.comment()
                        .ifPresent(text -> comment(constraint.name(), text)));
        retyped.uniques().forEach(this::comment);
    }

    private void comment(UniqueText key) {
        key.comment().ifPresent(text -> comment(key.name(), text));
    }

    private void comment(Identifier constraint, String text) {
        sql.add("COMMENT ON CONSTRAINT " + constraint + " ON " + target.table().name() + " IS " + Literal.of(text));
    }
}
