package dev.neap.pace.signal;

import dev.neap.change.signal.Probe;
import dev.neap.pace.Reading;
import dev.neap.pace.signal.WebClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a web server answers: the number in its body, one in a JSON body, or just its status. */
final class HttpNumber {

    private final Probe.Http probe;
    private final WebClient web;
    private final DoubleSupplier limit;

    /** @param limit of its number, where it has one; asked at each look */
    HttpNumber(Probe.Http probe, WebClient web, DoubleSupplier limit) {
        this.probe = probe;
        this.web = web;
        this.limit = limit;
    }

    Reading read(Instant now) throws IOException, InterruptedException {
        return judge(web.get(URI.create(probe.url()), probe.token()), now);
    }

    Reading judge(Answer answer, Instant now) {
        if (probe.limit().isEmpty()) {
            return new Reading.Level(
                    now,
                    answer.isFine() ? 0 : Pressure.TOO_MUCH,
                    "%s answers with status %d".formatted(probe.name(), answer.status()));
        }
        if (!answer.isFine()) {
            return new Reading.Unreadable(now, "it answers with status %d".formatted(answer.status()));
        }
        OptionalDouble number = probe.pointer()
                .map(pointer -> json(answer.body(), pointer))
                .orElseGet(() -> Numbers.parse(answer.body()));
        return number.isPresent()
                ? Numbers.level(probe.name(), number.getAsDouble(), limit.getAsDouble(), now)
                : new Reading.Unreadable(
                        now,
                        probe.pointer()
                                .map("there is no number at %s in its answer"::formatted)
                                .orElse("its answer is no number"));
    }

    private static OptionalDouble json(String body, String pointer) {
        try {
            JsonNode node = JsonMapper.shared().readTree(body).at(pointer);
            return node.isNumber() || node.isString() ? Numbers.parse(node.asString()) : OptionalDouble.empty();
        } catch (JacksonException e) {
            return OptionalDouble.empty();
        }
    }
}
