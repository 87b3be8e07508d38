package dev.neap.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an endpoint answered to Prometheus. */
record Scrape(String text, List<Sample> samples) {

    private static final Pattern LINE = Pattern
            .compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static Scrape of(URI address) {
        try (InputStream body = address.toURL().openStream()) {
            return parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scrape parse(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("Prometheus could not read: " + line);
            }
            Map<String, String> labels = new LinkedHashMap<>();
            Matcher label = LABEL.matcher(String.valueOf(matcher.group("labels")));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.add(new Sample(matcher.group("name"), labels, Double.parseDouble(
                    matcher.group("value").replace("+Inf", "Infinity"))));
        }
        return new Scrape(text, samples);
    }

    /** The sum of the samples with at least these labels; 0 if there is none. */
    double value(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The names under which metrics are declared: of a timer one for its count, its sum and its buckets. */
    Set<String> families() {
        Set<String> families = new TreeSet<>();
        text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .forEach(line -> families.add(line.split(" ")[2]));
        return families;
    }

    /** Each name with its labels. */
    Map<String, Set<String>> names() {
        Map<String, Set<String>> names = new TreeMap<>();
        samples.forEach(
                sample -> names.computeIfAbsent(sample.name(), name -> new TreeSet<>())
                        .addAll(sample.labels().keySet()));
        return names;
    }
}
