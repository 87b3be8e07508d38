package dev.neap.control;

import dev.neap.control.Published.SignalReading;
import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import java.util.List;
import java.util.Optional;

/** Signals as others are told of them. */
final class Readings {

    private Readings() {}

    static List<SignalReading> of(List<? extends SignalSource> sources) {
        return sources.stream().map(source -> of(source.name(), source.latest())).toList();
    }

    private static SignalReading of(String signal, Reading reading) {
        return switch (reading) {
            case Reading.Level level ->
                new SignalReading(signal, Optional.of(level.pressure()), level.what(), level.at());
            case Reading.Replay replay ->
                new SignalReading(signal, Optional.of(replay.pressure()), replay.what(), replay.at());
            case Reading.Unreadable unreadable ->
                new SignalReading(signal, Optional.empty(), "can't be read: " + unreadable.why(), unreadable.at());
        };
    }
}
