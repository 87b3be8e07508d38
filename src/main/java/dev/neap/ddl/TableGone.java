package dev.neap.ddl;

/** Where a table should be there is none. */
final class TableGone extends DdlFailed {

    private static final long serialVersionUID = 1L;

    TableGone(String message) {
        super(message);
    }
}
