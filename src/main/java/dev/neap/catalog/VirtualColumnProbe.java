package dev.neap.catalog;

/** Asks whether a table can have a column that is computed when it is read, by giving it to the copy. */
record VirtualColumnProbe(TableCopy copy) {

    private static final int SINCE = 18;

    /**
     * Gives it to the copy.
     *
     * @return its type, as {@code format_type} prints it
     * @throws Prober.Objection if the server knows no such columns, or the name is taken
     */
    String add(Probe.VirtualColumn column) {
        int major = copy.table().server().major();
        if (major < SINCE) {
            throw new Prober.Objection(
                    "Virtual columns came with PostgreSQL %d, and this server is %d.".formatted(SINCE, major),
                    "Leave virtual out: then the column is stored, filled, and kept right by a trigger.");
        }
        if (copy.columnNames().contains(column.column())) {
            throw new Prober.Objection(
                    "Table %s already has a column %s.".formatted(copy.table().name(), column.column()),
                    "Choose another name, or drop the operation if the column is what you want.");
        }
        Prober.refuseFlaw("expression", column.from());
        copy.addColumn(column.column(), column.type(), " " + Probe.VirtualColumn.clause(column.from()));
        return copy.typeOf(column.column());
    }
}
