package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a change, as stored.
 *
 * @param table the changed table's qualified name, as SQL
 * @param definition the change file, as it was read
 * @param snapshot the catalog when the run began, as JSON
 * @param plan the fingerprint of the plan
 * @param version of the Neap that began it
 * @param message why it stands where it stands
 */
public record Run(
        RunId id,
        ChangeName change,
        String table,
        Fingerprint fingerprint,
        String definition,
        String snapshot,
        Fingerprint plan,
        String version,
        RunState state,
        Optional<String> message,
        Instant createdAt,
        Instant updatedAt) {}
