package dev.neap.app;

import dev.neap.backfill.Effort;
import dev.neap.backfill.Tuning;
import dev.neap.change.Change;
import dev.neap.change.SessionOptions;
import dev.neap.control.Tuned;
import dev.neap.ddl.LockPolicy;
import dev.neap.preflight.PlanSettings;
import dev.neap.preflight.PlanWindow;
import dev.neap.session.ServerCompression;
import dev.neap.session.SessionSettings;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Settings as the rooms want them: what the change file says counts before the configuration. */
final class Terms {

    private Terms() {}

    static LockPolicy locks(NeapSettings settings) {
        return new LockPolicy(
                settings.ddl().lockTimeout(), settings.ddl().giveUpAfter(), settings.ddl().concurrentWait());
    }

    static Tuning tuning(NeapSettings settings, Change change, DataSource database) {
        return new Tuning(
                change.backfill().chunkDuration().orElse(settings.chunk().duration()),
                settings.chunk().lockTimeout(),
                change.backfill().maxQuarantined().orElse(settings.chunk().maxQuarantined()),
                session(settings, change, database));
    }

    static Effort effort(NeapSettings settings, Change change, Tuned tuned) {
        return new Effort(
                tuned.workers()
                        .or(() -> change.backfill().effort().workers())
                        .orElse(settings.backfill().workers()),
                change.backfill().effort().strands().or(settings.backfill()::strands),
                change.backfill().effort().oldSnapshot().orElse(settings.backfill().oldSnapshot()),
                change.backfill().effort().vacuum().orElse(settings.backfill().vacuum()));
    }

    /** Asks the server what it permits. */
    private static SessionSettings session(NeapSettings settings, Change change, DataSource database) {
        SessionOptions options = change.backfill().session();
        return SessionSettings.choose(
                new SessionSettings.Wanted(
                        options.synchronousCommit().orElse(settings.chunk().synchronousCommit()),
                        options.walCompression().orElse(settings.chunk().walCompression())),
                ServerCompression.read(JdbcClient.create(database)));
    }

    static PlanSettings plan(NeapSettings settings, Change change, DataSource database) {
        Tuning tuning = tuning(settings, change, database);
        Effort effort = effort(settings, change, Tuned.NONE);
        return new PlanSettings(
                locks(settings), tuning.chunkDuration(), tuning.session(), effort.workers(), effort.strands(),
                change.window().or(settings.window()::window).map(window -> new PlanWindow(window, Instant.now())));
    }
}
