package dev.neap.pace.signal;

import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much WAL a replication slot retains, logical ones and those that nobody uses too: a forgotten slot fills the disk.
 *
 * <p>A slot whose WAL is about to be removed ({@code wal_status} is {@code unreserved}, see max_slot_wal_keep_size) is
 * over any limit. One that is {@code lost} can't be helped by waiting, so it counts only if it is named in {@code only}.
 */
final class Slots implements ServerSignal {

    private static final String SLOTS = """
            SELECT slot_name, slot_type, active, coalesce(wal_status, 'lost') AS wal_status,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS retained
              FROM pg_replication_slots
             WHERE NOT temporary AND (restart_lsn IS NOT NULL OR wal_status IN ('unreserved', 'lost'))
             ORDER BY slot_name
            """;

    /**
     * A row of {@code pg_replication_slots}.
     *
     * @param type physical or logical
     * @param retained bytes of WAL; empty once they are lost
     */
    record Slot(String name, String type, boolean active, String walStatus, Optional<Long> retained) {}

    private final DoubleSupplier limit;
    private final SignalOptions options;

    /** @param limit bytes; asked at each look */
    Slots(DoubleSupplier limit, SignalOptions options) {
        this.limit = limit;
        this.options = options;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(
                server.sql(SLOTS)
                        .query((row, i) -> new Slot(
                                row.getString("slot_name"),
                                row.getString("slot_type"),
                                row.getBoolean("active"),
                                row.getString("wal_status"),
                                Optional.ofNullable(row.getObject("retained", Long.class))))
                        .list(),
                now);
    }

    Reading judge(List<Slot> slots, Instant now) {
        double most = 0;
        String what = "no slot retains WAL";
        double retained = 0;
        for (Slot slot : slots) {
            if (options.counts(slot.name()) && pressure(slot) > most) {
                most = pressure(slot);
                what = words(slot);
                retained = slot.retained().orElse(0L);
            }
        }
        return new Reading.Level(now, most, what, OptionalDouble.of(retained));
    }

    private double pressure(Slot slot) {
        double byBytes = Pressure.of(Math.max(0, slot.retained().orElse(0L)), limit.getAsDouble());
        return switch (slot.walStatus()) {
            case "unreserved" -> Math.max(Pressure.TOO_MUCH, byBytes);
            case "lost" -> options.only().contains(slot.name()) ? Pressure.TOO_MUCH : 0;
            default -> byBytes;
        };
    }

    private String words(Slot slot) {
        String who = "slot %s (%s%s)".formatted(slot.name(), slot.type(), slot.active() ? "" : ", inactive");
        return switch (slot.walStatus()) {
            case "unreserved" -> who + " is about to lose WAL that it needs";
            case "lost" -> who + " has lost WAL that it needs";
            default -> "%s retains %s of WAL (limit %s)".formatted(
                    who, Unit.BYTES.words(slot.retained().orElse(0L)), Unit.BYTES.words(limit.getAsDouble()));
        };
    }
}
