package dev.neap.app;

import dev.neap.backfill.Effort;
import dev.neap.backfill.Tuning;
import dev.neap.change.Change;
import dev.neap.ddl.LockPolicy;
import dev.neap.preflight.PlanSettings;

/** Settings as the rooms want them: what the change file says counts before the configuration. */
final class Terms {

    private Terms() {}

    static LockPolicy locks(NeapSettings settings) {
        return new LockPolicy(
                settings.ddl().lockTimeout(), settings.ddl().giveUpAfter(), settings.ddl().concurrentWait());
    }

    static Tuning tuning(NeapSettings settings, Change change) {
        return new Tuning(
                change.backfill().chunkDuration().orElse(settings.chunk().duration()),
                settings.chunk().lockTimeout(),
                change.backfill().maxQuarantined().orElse(settings.chunk().maxQuarantined()));
    }

    static Effort effort(NeapSettings settings, Change change) {
        return new Effort(
                change.backfill().effort().workers().orElse(settings.backfill().workers()),
                change.backfill().effort().strands().or(settings.backfill()::strands),
                change.backfill().effort().oldSnapshot().orElse(settings.backfill().oldSnapshot()));
    }

    static PlanSettings plan(NeapSettings settings, Change change) {
        return new PlanSettings(locks(settings), tuning(settings, change).chunkDuration());
    }
}
