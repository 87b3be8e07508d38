package dev.neap.bench;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole table in one statement. */
final class OneUpdate implements Contender {

    @Override
    public String id() {
        return "update";
    }

    @Override
    public String title() {
        return "one UPDATE";
    }

    @Override
    public Effort run(TableCopy copy) {
        try (var session = copy.session()) {
            JdbcClient.create(session)
                    .sql("UPDATE public.users SET email_normalized = " + BenchTable.EXPRESSION)
                    .update();
        }
        return Effort.plain();
    }
}
