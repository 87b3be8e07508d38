package dev.neap.pace.signal;

/**
 * The table that rows are changed in, by its names in the catalog.
 */
public record WorkedTable(String schema, String name) {

    /** The table with its partitions, as a FROM item with the column relid; takes :schema and :table. */
    static final String RELATIONS = """
            (SELECT t.oid AS relid
               FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
              WHERE n.nspname = :schema AND t.relname = :table
             UNION
             SELECT p.relid
               FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
               CROSS JOIN LATERAL pg_partition_tree(t.oid) p
              WHERE n.nspname = :schema AND t.relname = :table AND t.relkind = 'p')""";

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
