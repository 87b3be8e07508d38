package dev.neap.pace.signal;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** A table that is changed, by its names in the catalog. */
public record WorkedTable(String schema, String name) {

    /**
     * The tables with their partitions, as a FROM item with the columns relid and worked, which is the name of the one that
     * it belongs to; its parameters are bound by {@link #bind}.
     */
    static final String RELATIONS = """
            (WITH worked AS (
               SELECT t.oid, t.relkind, w.schema || '.' || w.name AS worked
                 FROM unnest(:schemas::name[], :names::name[]) AS w(schema, name)
                 JOIN pg_namespace n ON n.nspname = w.schema
                 JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w.name)
             SELECT w.oid AS relid, w.worked FROM worked w
             UNION
             SELECT p.relid, w.worked FROM worked w CROSS JOIN LATERAL pg_partition_tree(w.oid) p WHERE w.relkind = 'p')""";

    /** A statement that reads {@link #RELATIONS}. */
    static StatementSpec bind(JdbcClient server, String sql, List<WorkedTable> tables) {
        return server.sql(sql)
                .param("schemas", tables.stream().map(WorkedTable::schema).toArray(String[]::new))
                .param("names", tables.stream().map(WorkedTable::name).toArray(String[]::new));
    }

    /** All of them, as a phrase. */
    static String words(List<WorkedTable> tables) {
        return tables.stream().map(WorkedTable::toString).collect(Collectors.joining(" and "));
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
