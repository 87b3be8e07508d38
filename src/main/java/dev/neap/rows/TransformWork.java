package dev.neap.rows;

import dev.neap.backfill.BlockRanges;
import dev.neap.backfill.PassSetup;
import dev.neap.backfill.QuarantineLimit;
import dev.neap.backfill.Range;
import dev.neap.backfill.RangeWork;
import dev.neap.backfill.Ranges;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The row path of one pass: reads the rows of a range a page at a time, ahead of the writer and on a connection of its
 * own, has them transformed, and writes each page with one statement.
 *
 * <p>Nothing is locked between reading and writing. Instead a row is only written if it is still the version that was read
 * ({@code xmin}); one that somebody changed meanwhile is read again, locked now, and transformed again. So a value is
 * never computed from a row that is not there any more, and nobody's change is lost. By its address ({@code ctid}) alone
 * a version is only known as long as nothing rewrites the table: then the chunk keeps such a rewriter out while it works.
 */
final class TransformWork implements RangeWork {

    /** What PostgreSQL calls a data exception of no particular kind. */
    private static final String DATA_EXCEPTION = "22000";

    /** Enough to find a class that gives another value each time. */
    private static final int ASKED_TWICE = 100;

    private final PassSetup setup;
    private final RowWork.Transform work;
    private final RowPath.Terms terms;
    private final Transformer transformer;
    private final Transactions reading;
    private final QuarantineLimit limit;

    private @Nullable Statements statements;
    private boolean asideBefore;
    private boolean repeatable;

    TransformWork(
            PassSetup setup,
            RowWork.Transform work,
            RowPath.Terms terms,
            Transformer transformer,
            DataSource dataSource) {
        this.setup = setup;
        this.work = work;
        this.terms = terms;
        this.transformer = transformer;
        this.reading = new Transactions(dataSource);
        this.limit = new QuarantineLimit(JdbcClient.create(dataSource), setup, terms.tuning().maxQuarantined());
    }

    /** What depends on the table's columns, which the steps before this one may have made. */
    private record Statements(RowSql sql, RowReader reader, RowWriter writer) {
        static Statements of(JdbcClient jdbc, PassSetup setup, RowWork.Transform work, Ranges ranges) {
            RowSource from = RowSource.of(jdbc, setup.table(), ranges.keyParts());
            RowSql sql = new RowSql(from, work, setup.backfill().pending().orElse("true"));
            RowReader reader = new RowReader(from, work);
            return new Statements(sql, reader, new RowWriter(from, sql, reader));
        }
    }

    @Override
    public long execute(JdbcClient jdbc, Ranges ranges, Range range, boolean quarantine) {
        if (statements == null) {
            statements = Statements.of(jdbc, setup, work, ranges);
        }
        if (ranges.keyParts().equals(BlockRanges.ADDRESS)) {
            jdbc.sql("LOCK TABLE ONLY " + setup.table() + " IN ROW EXCLUSIVE MODE").update();
        }
        long changed = 0;
        try (Pages pages = pages(jdbc, ranges, range, statements, quarantine || asideBefore)) {
            for (Optional<Transformer.Page> page = pages.next(); page.isPresent(); page = pages.next()) {
                changed += write(jdbc, ranges, range, statements.writer(), page.get().outcomes());
            }
        }
        return changed;
    }

    private Pages pages(JdbcClient jdbc, Ranges ranges, Range range, Statements with, boolean quarantine) {
        List<Object> parameters = new ArrayList<>(ranges.parameters(range));
        if (quarantine) {
            parameters.add(setup.change().value());
            parameters.add(setup.backfillId().value());
        }
        String select = with.sql().select(ranges, range, quarantine);
        if (range.visited() <= terms.pageRows()) {
            return once(transformer.begin(
                    jdbc.sql(select).params(parameters).query((row, i) -> with.reader().read(row)).list()));
        }
        return new PagesAhead(
                new PagesAhead.Query(select, parameters, with.reader()),
                terms.pageRows(),
                reading,
                settings(range),
                transformer);
    }

    /** Those of the chunk's own transaction, where they matter to reading. */
    private Settings settings(Range range) {
        return Settings.none()
                .lockTimeout(terms.tuning().lockTimeout())
                .with("statement_timeout", "0")
                .with("jit", "off")
                .with("enable_indexscan", range.strand().isPresent() ? "off" : "on");
    }

    /** Few rows are not worth another connection. */
    private static Pages once(Transformer.Page page) {
        Iterator<Transformer.Page> only = List.of(page).iterator();
        return new Pages() {
            @Override
            public Optional<Transformer.Page> next() {
                return only.hasNext() ? Optional.of(only.next()) : Optional.empty();
            }

            @Override
            public void close() {
                page.cancel();
            }
        };
    }

    private long write(JdbcClient jdbc, Ranges ranges, Range range, RowWriter writer, List<Outcome> outcomes) {
        List<Outcome.Changed> changed = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Left left -> {
                }
                case Outcome.Changed row -> changed.add(row);
                case Outcome.Unfit row -> {
                    ranges.name(jdbc, row.read().key())
                            .ifPresent(name -> limit.setAside(name, DATA_EXCEPTION, row.message()));
                    asideBefore = true;
                }
            }
        }
        if (changed.isEmpty()) {
            return 0;
        }
        long written = writer.write(jdbc, ranges, range, changed);
        List<ReadRow> rows = changed.stream().map(Outcome.Changed::read).toList();
        if (!repeatable) {
            // A class whose rows are done once they are written may give what it likes; any other the same again.
            if (writer.anyStillPending(jdbc, ranges, range, rows)) {
                rows.stream().limit(ASKED_TWICE).forEach(transformer::mustComeOutTheSame);
            }
            repeatable = true;
        }
        if (written == changed.size()) {
            return written;
        }
        List<ReadRow> again = writer.changedMeanwhile(jdbc, ranges, range, rows);
        return again.isEmpty()
                ? written
                : written + write(jdbc, ranges, range, writer, transformer.begin(again).outcomes());
    }

    @Override
    public long pending(JdbcClient jdbc, Ranges ranges, Range range) {
        throw new IllegalStateException("Class %s can't be asked in SQL.".formatted(transformer.name()));
    }
}
