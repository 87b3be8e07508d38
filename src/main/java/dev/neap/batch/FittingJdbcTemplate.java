package dev.neap.batch;

import dev.neap.jdbc.ServerEncoding;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes Spring Batch's own texts so that a database of any encoding takes them. An exit message that the database refuses
 * would end the run, and with words that hide what it failed of.
 */
final class FittingJdbcTemplate extends JdbcTemplate {

    /** The longest column, of which exit messages are; Spring Batch itself cuts them by characters. */
    private static final int LONGEST = 2_500;

    private volatile @Nullable ServerEncoding encoding;

    FittingJdbcTemplate(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected PreparedStatementSetter newArgPreparedStatementSetter(@Nullable Object @Nullable [] args) {
        return super.newArgPreparedStatementSetter(fit(args));
    }

    @Override
    protected PreparedStatementSetter newArgTypePreparedStatementSetter(
            @Nullable Object @Nullable [] args,
            int[] types) {
        return super.newArgTypePreparedStatementSetter(fit(args), types);
    }

    private @Nullable Object @Nullable [] fit(@Nullable Object @Nullable [] args) {
        if (args == null || Arrays.stream(args).noneMatch(arg -> arg instanceof String text && !isPlain(text))) {
            return args;
        }
        ServerEncoding known = encoding();
        return Arrays.stream(args).map(arg -> arg instanceof String text ? known.fit(text, LONGEST) : arg).toArray();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(unit -> unit < 128);
    }

    private ServerEncoding encoding() {
        ServerEncoding known = encoding;
        if (known == null) {
            known = ServerEncoding.of(JdbcClient.create(this));
            encoding = known;
        }
        return known;
    }
}
