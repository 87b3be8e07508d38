package dev.neap.pace.signal;

import dev.neap.change.signal.Probe;
import dev.neap.pace.Reading;
import dev.neap.pace.signal.WebClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A query of Prometheus, asked as an instant query (Prometheus, HTTP API, {@code /api/v1/query}). A scalar counts as it is,
 * of a vector the largest sample; no sample is no reading.
 */
final class PrometheusQuery {

    private final Probe.Prometheus probe;
    private final WebClient web;
    private final DoubleSupplier limit;

    /** @param limit of its number, where it has one; asked at each look */
    PrometheusQuery(Probe.Prometheus probe, WebClient web, DoubleSupplier limit) {
        this.probe = probe;
        this.web = web;
        this.limit = limit;
    }

    Reading read(Instant now) throws IOException, InterruptedException {
        return judge(web.get(uri(), probe.token()), now);
    }

    URI uri() {
        return URI.create("%s/api/v1/query?query=%s".formatted(
                probe.url().replaceFirst("/+$", ""), URLEncoder.encode(probe.query(), StandardCharsets.UTF_8)));
    }

    Reading judge(Answer answer, Instant now) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            return new Reading.Unreadable(
                    now, "it answers with status %d and no JSON".formatted(answer.status()));
        }
        if (!answer.isFine() || !root.path("status").asString("").equals("success")) {
            return new Reading.Unreadable(
                    now, "Prometheus answers: " + root.path("error").asString("status " + answer.status()));
        }
        List<Double> samples = samples(root.path("data"));
        return samples.stream()
                .reduce(Math::max)
                .map(most -> Numbers.level(probe.name(), most, limit.getAsDouble(), now))
                .orElseGet(() -> new Reading.Unreadable(now, "Prometheus has no sample for its query"));
    }

    private static List<Double> samples(JsonNode data) {
        List<Double> samples = new ArrayList<>();
        switch (data.path("resultType").asString("")) {
            case "scalar" -> add(samples, data.path("result").path(1));
            case "vector" -> data.path("result").forEach(series -> add(samples, series.path("value").path(1)));
            default -> {
                // A matrix or a string has no one number.
            }
        }
        return samples;
    }

    private static void add(List<Double> samples, JsonNode value) {
        OptionalDouble number = Numbers.parse(value.asString(""));
        number.ifPresent(samples::add);
    }
}
