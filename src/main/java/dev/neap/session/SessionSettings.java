package dev.neap.session;

import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of the transactions that change rows, as chosen from what is wanted and what the server permits. What is
 * not permitted is left as it is and told in the plan: no run fails for it.
 */
public record SessionSettings(List<Choice> choices) {

    private static final String COMMIT = "synchronous_commit";
    private static final String COMPRESSION = "wal_compression";

    public SessionSettings {
        choices = List.copyOf(choices);
    }

    /** Nothing is set. */
    public static SessionSettings none() {
        return new SessionSettings(List.of());
    }

    /**
     * What is wanted.
     *
     * @param commit as a change file or the configuration says
     * @param compression likewise
     */
    public record Wanted(SynchronousCommit commit, WalCompression compression) {}

    public static SessionSettings choose(Wanted wanted, ServerCompression server) {
        return new SessionSettings(List.of(commit(wanted.commit()), compression(wanted.compression(), server)));
    }

    /** Adds them to a transaction's settings. */
    public Settings addTo(Settings settings) {
        Settings all = settings;
        for (Choice choice : choices) {
            if (choice.value().isPresent()) {
                all = all.with(choice.name(), choice.value().get());
            }
        }
        return all;
    }

    private static Choice commit(SynchronousCommit wanted) {
        return switch (wanted) {
            case OFF -> new Choice(
                    COMMIT,
                    Optional.of("off"),
                    "A chunk's commit waits for no disk and no standby. That is safe: its rows and its checkpoint are one"
                            + " transaction, so a crash loses both or neither, and what was lost is done again. The commit"
                            + " that ends a step waits as usual, and with it all before it is safe.",
                    "Leave it to the server with backfill: {synchronous_commit: keep}.");
            case KEEP -> new Choice(
                    COMMIT,
                    Optional.empty(),
                    "Left as it is, as asked for: each chunk's commit waits as the server says.",
                    "Save those waits with backfill: {synchronous_commit: off}, which loses nothing.");
        };
    }

    private static Choice compression(WalCompression wanted, ServerCompression server) {
        return switch (wanted) {
            case KEEP -> kept("Left as it is (%s), as asked for.".formatted(server.now()), choose("auto"));
            case AUTO -> auto(server);
            case OFF -> wish("off", server);
            case PGLZ, LZ4, ZSTD -> {
                String method = wanted.name().toLowerCase(Locale.ROOT);
                yield server.methods().contains(method)
                        ? wish(method, server)
                        : kept(
                                "Left as it is (%s): this server has no %s.".formatted(server.now(), method),
                                server.methods().isEmpty()
                                        ? choose("keep")
                                        : choose(String.join(" or ", server.methods())));
            }
        };
    }

    private static Choice auto(ServerCompression server) {
        if (server.isOn()) {
            return kept("Left as it is (%s): WAL is compressed already.".formatted(server.now()), choose("off"));
        }
        if (!server.methods().contains("lz4")) {
            return kept(
                    "Left as it is (%s): this server has no lz4, and pglz would slow chunks down."
                            .formatted(server.now()),
                    server.permitted()
                            ? "Have it all the same, for less WAL, with backfill: {wal_compression: pglz}."
                            : choose("keep"));
        }
        return wish("lz4", server);
    }

    private static Choice wish(String value, ServerCompression server) {
        if (!server.permitted()) {
            return kept(
                    "Left as it is (%s): role %s may not set it, or chunks would set %s."
                            .formatted(server.now(), server.role(), value),
                    server.grantable()
                            ? "GRANT SET ON PARAMETER wal_compression TO %s;".formatted(new Identifier(server.role()))
                            : "Before PostgreSQL 15 only a superuser may: ALTER ROLE %s SET wal_compression = %s;"
                                    .formatted(new Identifier(server.role()), server.spelled(value)));
        }
        return new Choice(
                COMPRESSION,
                Optional.of(server.spelled(value)),
                value.equals("off")
                        ? "Page images in the WAL are written as they are, as asked for, which saves processor time."
                        : "Page images in the WAL are compressed: less WAL to write, ship and archive, for some processor"
                                + " time. That is safe: recovery and standbys read either form.",
                choose("keep"));
    }

    private static Choice kept(String why, String otherwise) {
        return new Choice(COMPRESSION, Optional.empty(), why, otherwise);
    }

    private static String choose(String value) {
        return "Choose otherwise with backfill: {wal_compression: %s}.".formatted(value);
    }
}
