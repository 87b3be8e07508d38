package dev.neap.sql;

/** A relation or function with its schema; a schema is always named, so that no search_path can redirect it. */
public record QualifiedName(Identifier schema, Identifier name) {

    public static QualifiedName of(String schema, String name) {
        return new QualifiedName(new Identifier(schema), new Identifier(name));
    }

    /** The name as it must stand in SQL. */
    public String sql() {
        return schema.sql() + "." + name.sql();
    }

    /** Another object of the same schema. */
    public QualifiedName sibling(Identifier other) {
        return new QualifiedName(schema, other);
    }

    @Override
    public String toString() {
        return sql();
    }
}
