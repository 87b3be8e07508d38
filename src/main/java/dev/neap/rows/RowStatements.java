package dev.neap.rows;

import dev.neap.backfill.PassSetup;
import dev.neap.backfill.Ranges;
import dev.neap.step.RowWork;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What depends on the table's columns, which the steps before this one may have made. */
record RowStatements(RowSource from, RowSql sql, RowReader reader, RowWriter writer) {

    static RowStatements of(JdbcClient jdbc, PassSetup setup, RowWork.Transform work, Ranges ranges) {
        RowSource from = RowSource.of(jdbc, setup.table(), ranges.keyParts());
        RowSql sql = new RowSql(from, work, setup.backfill().pending().orElse("true"));
        RowReader reader = new RowReader(from, work);
        return new RowStatements(from, sql, reader, new RowWriter(sql, reader));
    }

    /** @param some how many are kept as they were read */
    PackedRows pack(List<Outcome> outcomes, int some) {
        return PackedRows.of(from, sql.work(), outcomes, some);
    }
}
