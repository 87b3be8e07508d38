package dev.neap.cli;

import dev.neap.change.signal.SignalKind;
import dev.neap.control.PaceValue;
import dev.neap.control.SignalLimit;
import dev.neap.control.Tunable;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes how fast a run may go while it works. */
@picocli.CommandLine.Command(name = "tune", description = {
    "Changes how fast a change may go, while it works.",
    "What is tuned goes before the change file and the configuration, also after a restart, until "
            + "it is reset or has run out. At the end of the run it is forgotten."
}, footer = {"  neap tune normalize-email --workers 4 --share 50%% --for 2h"})
final class TuneCommand implements Command {

    private final Session session;

    @Mixin
    private final ControlOptions options = new ControlOptions();

    @Option(names = "--chunk-duration", paramLabel = "TIME", description = "How long one transaction should take; 10ms to 10s.")
    private @Nullable String chunkDuration;

    @Option(names = "--pause", paramLabel = "TIME", description = "Rest after each chunk; 0s to 1min.")
    private @Nullable String pause;

    @Option(names = "--workers", paramLabel = "N", description = "How many work at once; 1 to 16.")
    private @Nullable String workers;

    @Option(names = "--share", paramLabel = "N%%", description = "Of the speed that the pace allows; 1%% to 100%%.")
    private @Nullable String share;

    @Option(names = "--max-replication-lag", paramLabel = "TIME", description = "Hold while a standby is further behind; 100ms to 1h.")
    private @Nullable String maxReplicationLag;

    @Option(names = "--max-replication-bytes", paramLabel = "SIZE", description = "Hold while a standby has more to replay: 64MB.")
    private @Nullable String maxReplicationBytes;

    @Option(names = "--limit", paramLabel = "SIGNAL=LIMIT", description = {
        "Hold while this signal is over this limit, in its unit: slots=20GB, or sql.queue=500 for one of your own.",
        "As often as there are signals."
    })
    private Map<String, String> limits = new LinkedHashMap<>();

    @Option(names = "--for", paramLabel = "TIME", description = "Only for so long: then what was before counts again.")
    private @Nullable String lasting;

    @Option(names = "--reset", description = "Take back all that was tuned.")
    private boolean reset;

    TuneCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.NOT_YET);
    }

    @Override
    public Integer call() {
        Map<Tunable, String> values = values();
        if (reset == !values.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "Say what to tune, or --reset, and not both. See neap tune --help.");
        }
        Optional<Duration> length = Optional.ofNullable(lasting)
                .map(text -> ControlOptions.length("--for", text));
        if (length.filter(Duration::isZero).isPresent()) {
            throw new CommandFailed(ExitCode.USAGE, "--for can't be no time at all. Write some, or leave it out.");
        }
        if (reset && length.isPresent()) {
            throw new CommandFailed(ExitCode.USAGE, "What is reset stays so. Leave out --for.");
        }
        return options.ask(
                session,
                (control, patience) -> reset
                        ? control.reset(options.change(), patience)
                        : control.tune(options.change(), values, length, patience));
    }

    private Map<Tunable, String> values() {
        Map<Tunable, String> values = new LinkedHashMap<>();
        for (PaceValue what : PaceValue.values()) {
            Optional.ofNullable(given(what)).ifPresent(text -> values.put(what, checked(what, text)));
        }
        limits.forEach((signal, text) -> {
            SignalLimit limit = limitOf(signal);
            values.put(limit, checked(limit, text));
        });
        return values;
    }

    private @Nullable String given(PaceValue what) {
        return switch (what) {
            case CHUNK_DURATION -> chunkDuration;
            case PAUSE -> pause;
            case WORKERS -> workers;
            case SHARE -> share;
            case MAX_REPLICATION_LAG -> maxReplicationLag;
            case MAX_REPLICATION_BYTES -> maxReplicationBytes;
        };
    }

    private static SignalLimit limitOf(String signal) {
        return SignalLimit.of(signal)
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        ("--limit knows no signal \"%s\". Write one of %s; or sql.NAME, http.NAME, prometheus.NAME or"
                                + " replicas.NAME for one of your own; or --max-replication-lag, or --max-replication-bytes,"
                                + " for standbys.")
                                .formatted(
                                        signal,
                                        Arrays.stream(SignalKind.values())
                                                .filter(kind -> kind.unit().isPresent())
                                                .map(SignalKind::key)
                                                .collect(Collectors.joining(", ")))));
    }

    private static String checked(Tunable what, String text) {
        try {
            return what.check(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
