package dev.neap.preflight.check;

import dev.neap.catalog.Answers.Volatility;
import java.util.List;
import java.util.Map;

/**
 * A STABLE expression depends on settings of the session, such as TimeZone or DateStyle: the sync trigger computes it
 * in the application's sessions, the backfill in Neap's.
 */
final class StableExpressions implements Check {

    @Override
    public String id() {
        return "stable-expression";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.answers()
                .expressions()
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().volatility() == Volatility.STABLE)
                .map(Map.Entry::getKey)
                .sorted()
                .map(at -> at.matches(".*\\]\\.(delete|archive|copy)\\..*")
                        ? chunked(at)
                        : warning(
                                "expression " + at,
                                "It is STABLE: its value depends on the time or on session settings such as TimeZone, and the"
                                        + " trigger computes it in the application's sessions, the backfill in Neap's.",
                                "Write it so that it does not (created_at AT TIME ZONE 'UTC' instead of created_at::date),"
                                        + " or see that all sessions agree."))
                .toList();
    }

    private Finding chunked(String at) {
        return warning(
                "expression " + at,
                "It is STABLE: it depends on the clock or on settings of the session, and each chunk computes it anew, so"
                        + " no two choose by the same instant; it is verified in a few passes, not until nothing is found.",
                "Write the instant itself, with its zone (created_at < timestamptz '2025-01-01 00:00 UTC' instead of"
                        + " created_at < now() - interval '1 year').");
    }
}
