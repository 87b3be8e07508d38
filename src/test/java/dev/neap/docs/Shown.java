package dev.neap.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as a page shows it.
 *
 * @param at file:line
 * @param arguments without the program's name
 * @param exit how it must end
 * @param output the lines shown below it; {@code …} stands for any
 */
record Shown(String at, List<String> arguments, int exit, List<String> output) {

    private static final Pattern COMMAND = Pattern.compile("\\$ (?:\\./)?neap(?: (?<arguments>.*))?");
    private static final Pattern EXIT = Pattern.compile("# exits with (\\d)");
    private static final Pattern NOT_OURS = Pattern.compile("\\s+[#>|].*");
    /** How long something took and how large it is differs from machine to machine. */
    private static final Pattern MEASURED = Pattern
            .compile("\\b\\d[\\d,.]* (?:ms|s|min|h|kB|MB|GB)\\b|(?<=PostgreSQL )\\d+(?:\\.\\d+)*");

    /** The commands of a block of language {@code console}. */
    static List<Shown> in(Page.Block block) {
        List<Shown> shown = new ArrayList<>();
        List<String> output = new ArrayList<>();
        for (int i = 0; i < block.lines().size(); i++) {
            String line = block.lines().get(i);
            if (!line.startsWith("$ ")) {
                output.add(line);
                continue;
            }
            output = new ArrayList<>();
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                Matcher exit = EXIT.matcher(line);
                String all = command.group("arguments") == null ? "" : command.group("arguments");
                String ours = NOT_OURS.matcher(all).replaceFirst("");
                shown.add(new Shown(
                        block.at(i),
                        Stream.of(ours.split(" +")).filter(argument -> !argument.isEmpty()).toList(),
                        exit.find() ? Integer.parseInt(exit.group(1)) : 0,
                        output));
            }
        }
        return shown;
    }

    /** The first line shown that the real output does not have, behind the one shown before it; empty if there is none. */
    List<String> missingFrom(List<String> real) {
        int next = 0;
        for (String line : output) {
            if (line.isBlank() || line.equals("…")) {
                continue;
            }
            while (next < real.size() && !plain(real.get(next)).equals(plain(line))) {
                next++;
            }
            if (next == real.size()) {
                return List.of(line);
            }
            next++;
        }
        return List.of();
    }

    private static String plain(String line) {
        return MEASURED.matcher(line).replaceAll("#").stripTrailing();
    }

    @Override
    public String toString() {
        return at + " neap " + String.join(" ", arguments);
    }
}
