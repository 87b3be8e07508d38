package dev.neap.change.yaml;

import dev.neap.change.BackfillOptions;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.EffortOptions;
import dev.neap.change.EffortOptions.OldSnapshot;
import dev.neap.change.IrreversibleNote;
import dev.neap.change.PaceOptions;
import dev.neap.change.SessionOptions;
import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.change.operation.Operation;
import dev.neap.sql.QualifiedName;
import dev.neap.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a whole change is written. */
final class ChangeForm {

    private static final Key<Duration> CHUNK_DURATION = Key.optional(
            "chunk_duration",
            Durations.between(Duration.ofMillis(10), Duration.ofSeconds(10)),
            "How long one transaction should take: 10ms to 10s. Its number of rows follows from that.",
            "250ms");
    private static final Key<Duration> PAUSE = Key.optional(
            "pause",
            Durations.between(Duration.ZERO, Duration.ofMinutes(1)),
            "Rest after each transaction: 0ms to 1min.",
            "20ms");
    private static final Key<Integer> MAX_QUARANTINED = Key.optional(
            "max_quarantined",
            Scalars.COUNT,
            "How many rows may be set aside because their data does not fit, before the run fails.",
            100);
    private static final Key<Order> ORDER = Key.optional(
            "order",
            Scalars.ORDER,
            "How the table is walked: as suits it (auto), by key or not at all (key), by block (block).",
            "auto");
    private static final Key<Integer> WORKERS = Key.optional(
            "workers", Scalars.WORKERS, "How many workers go over the table at once: 1 to 16.", 2);
    private static final Key<Integer> STRANDS = Key.optional(
            "strands",
            Scalars.STRANDS,
            "How many visits to each page: 1 (plain ranges) to 64; as many as suit the rows if left out.",
            12);
    private static final Key<OldSnapshot> OLD_SNAPSHOT = Key.optional(
            "old_snapshot",
            Scalars.OLD_SNAPSHOT,
            "While an old snapshot makes several visits useless: go on in plain ranges (plain) or hold (wait).",
            "wait");
    private static final Key<Boolean> VACUUM = Key.optional(
            "vacuum",
            Scalars.FLAG,
            "Whether the table is vacuumed at each quarter of the way, so that it grows less: worth it with many indexes.",
            true);
    private static final Key<SynchronousCommit> SYNCHRONOUS_COMMIT = Key.optional(
            "synchronous_commit",
            Choices.of(SynchronousCommit.class, "a setting"),
            "Whether each chunk's commit waits for the disk: not at all (off), or as the server has it (keep).",
            "keep");
    private static final Key<WalCompression> WAL_COMPRESSION = Key.optional(
            "wal_compression",
            Choices.of(WalCompression.class, "a setting"),
            "How page images in the WAL of chunks are compressed: lz4 where that is possible (auto), as the server has it"
                    + " (keep), not at all (off), or with a method.",
            "auto");
    private static final Key<Integer> TRANSFORM_THREADS = Key.optional(
            "transform_threads",
            Scalars.THREADS,
            "How many rows a transform is given at a time: 1 to 1000; as many as there are processors if left out. More"
                    + " only help a class that waits for something.",
            16);

    private static final Mapping<BackfillOptions> BACKFILL_OPTIONS = new Mapping<>(
            "backfill",
            List.of(CHUNK_DURATION, PAUSE, MAX_QUARANTINED, ORDER, WORKERS, STRANDS, OLD_SNAPSHOT, VACUUM,
                    SYNCHRONOUS_COMMIT, WAL_COMPRESSION, TRANSFORM_THREADS),
            List.of(),
            fields -> new BackfillOptions(
                    fields.find(CHUNK_DURATION), fields.find(PAUSE), fields.find(MAX_QUARANTINED), fields.find(ORDER),
                    new EffortOptions(
                            fields.find(WORKERS), fields.find(STRANDS), fields.find(OLD_SNAPSHOT), fields.find(VACUUM)),
                    new SessionOptions(fields.find(SYNCHRONOUS_COMMIT), fields.find(WAL_COMPRESSION)),
                    fields.find(TRANSFORM_THREADS)));

    private static final Key<ChangeName> NAME = Key.required(
            "change",
            Scalars.CHANGE_NAME,
            "The change's name, which is its identity: it stays the same for as long as the change runs.",
            "normalize-email");
    private static final Key<QualifiedName> TABLE = Key.required(
            "table",
            Scalars.TABLE,
            "The table that is changed, with its schema. A part that holds a dot stands in double quotes.",
            "public.users");
    private static final Key<List<Operation>> OPERATIONS = Key.optional(
            "operations",
            new ListOf<>(
                    new OperationEntry(false),
                    "a list of operations",
                    "Write a list with at least one operation, each after a hyphen, or leave the key out."),
            "What is done, in this order.",
            List.of(Map.of("set_not_null", Map.of("column", "email"))));
    private static final Key<List<Operation>> CONTRACT = Key.optional(
            "contract",
            new ListOf<>(
                    new OperationEntry(true),
                    "a list of operations",
                    "Write a list with at least one operation, each after a hyphen, or leave the key out."),
            "What is taken away last of all, and only by an explicit command, once no running code needs it.",
            List.of(Map.of("drop_column", Map.of("name", "email"))));
    private static final Key<BackfillOptions> BACKFILL = Key.optional(
            "backfill", BACKFILL_OPTIONS, "How rows are worked on; goes before the configuration.",
            Map.of("order", "key"));
    private static final Key<PaceOptions> PACE = Key.optional(
            "pace", PaceForm.FORM, "How fast it may go; goes before the configuration.",
            Map.of("max_replication_lag", "2s"));

    private static final Key<Window> WINDOW = Key.optional(
            "window",
            new WindowShape(),
            "The hours in which it may work, one entry or a list of them; instead of those of the configuration.",
            Map.of("from", "22:00", "to", "06:00", "zone", "Europe/Berlin"));

    private static final Key<String> LOST_BACKUP = Key.required(
            "backup",
            Scalars.WORDS,
            "Where the data can be had from once it is gone.",
            "base backup of 2026-03-01 in s3://backups/shop");
    private static final Key<String> LOST_RETENTION = Key.required(
            "retention", Scalars.WORDS, "How long it can be had from there.", "90 days");
    private static final Key<String> LOST_APPROVAL = Key.required(
            "approval", Scalars.WORDS, "Who agreed that it goes, and where that is written.", "DBA team, OPS-1423");

    private static final Key<IrreversibleNote> IRREVERSIBLE = Key.optional(
            "irreversible",
            new Mapping<>(
                    "irreversible",
                    List.of(LOST_BACKUP, LOST_RETENTION, LOST_APPROVAL),
                    List.of(),
                    fields -> new IrreversibleNote(
                            fields.get(LOST_BACKUP), fields.get(LOST_RETENTION), fields.get(LOST_APPROVAL))),
            "Needed where a step destroys data: a dropped column, deleted rows.",
            Map.of("backup", "base backup of 2026-03-01", "retention", "90 days", "approval", "DBA team, OPS-1423"));

    /** Checked with the rest, and read by {@link ChangeReader#allowed} alone: it changes nothing of what is done. */
    static final Key<List<LintForm.Waived>> LINT = Key.optional(
            "lint", LintForm.FORM, "What neap lint need not say of this file, and a run need not be refused for.",
            Map.of("allow", List.of(Map.of("rule", "several-strong-locks", "reason", "both tables are small"))));

    static final Mapping<Change> FORM = new Mapping<>(
            "a change file",
            List.of(NAME, TABLE, OPERATIONS, CONTRACT, BACKFILL, PACE, WINDOW, IRREVERSIBLE, LINT),
            List.of(OPERATIONS.name(), CONTRACT.name()),
            fields -> new Change(
                    fields.get(NAME),
                    fields.get(TABLE),
                    fields.find(OPERATIONS).orElse(List.of()),
                    fields.find(CONTRACT).orElse(List.of()),
                    fields.find(BACKFILL).orElseGet(BackfillOptions::none),
                    fields.find(PACE).orElseGet(PaceOptions::none),
                    fields.find(WINDOW),
                    fields.find(IRREVERSIBLE)));

    private ChangeForm() {}
}
