package dev.neap.app;

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

    static PlanSettings plan(NeapSettings settings) {
        return new PlanSettings(locks(settings), settings.chunk().duration());
    }
}
