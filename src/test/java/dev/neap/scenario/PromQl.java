package dev.neap.scenario;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which metrics and labels an expression speaks of; enough of the language for dashboards and alert rules. */
record PromQl(String text) {

    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring) *\\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern
            .compile("\\b((?:neap|hikaricp|jvm|process|spring_batch|system)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");

    /** What every scrape is given by Prometheus itself. */
    private static final Set<String> TARGET = Set.of("instance", "job");

    private String ungrouped() {
        return GROUPING.matcher(text).replaceAll("");
    }

    /** Each metric with the labels that are asked of it. */
    Map<String, Set<String>> metrics() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Matcher metric = METRIC.matcher(ungrouped());
        while (metric.find()) {
            Set<String> labels = metrics.computeIfAbsent(metric.group(1), name -> new TreeSet<>());
            Matcher label = MATCHER.matcher(String.valueOf(metric.group(2)));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
        return metrics;
    }

    /** By what it groups and joins. */
    Set<String> groups() {
        return GROUPING.matcher(text)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !TARGET.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is wrong with it, as far as the metrics that there are tell; empty if nothing is. */
    Set<String> mistakes(Map<String, Set<String>> known) {
        Set<String> mistakes = new TreeSet<>();
        Set<String> labels = new TreeSet<>();
        metrics().forEach((name, asked) -> {
            if (!known.containsKey(name)) {
                mistakes.add(name + " is not measured: " + text);
                return;
            }
            labels.addAll(known.get(name));
            asked.stream()
                    .filter(label -> !known.get(name).contains(label))
                    .forEach(label -> mistakes.add("%s has no label %s: %s".formatted(name, label, text)));
        });
        if (metrics().isEmpty()) {
            mistakes.add("speaks of no metric: " + text);
        }
        groups().stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> mistakes.add("no metric has label %s: %s".formatted(label, text)));
        return mistakes;
    }
}
