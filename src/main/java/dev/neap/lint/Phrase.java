package dev.neap.lint;

import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A part of a statement, looked at word by word: enough to tell what is meant, not to understand it. */
record Phrase(List<Token> tokens) {

    Phrase {
        tokens = List.copyOf(tokens);
    }

    boolean starts(String... words) {
        return isAt(0, words);
    }

    boolean isAt(int index, String... words) {
        if (index < 0 || index + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the words stand one after the other, outside of parentheses. */
    boolean says(String... words) {
        return indexOf(words) >= 0;
    }

    /** Where they do; −1 if nowhere. */
    int indexOf(String... words) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && isAt(i, words)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a word stands anywhere, also in parentheses. */
    boolean mentions(String word) {
        return tokens.stream().anyMatch(token -> token.kind() == Kind.WORD && token.is(word));
    }

    Phrase from(int index) {
        return new Phrase(tokens.subList(Math.min(index, tokens.size()), tokens.size()));
    }

    /** What follows the words; empty if they are not there. */
    Optional<Phrase> after(String... words) {
        int index = indexOf(words);
        return index < 0 ? Optional.empty() : Optional.of(from(index + words.length));
    }

    /** Without these words in front, each of them optional. */
    Phrase without(String... words) {
        int index = 0;
        for (String word : words) {
            index += isAt(index, word) ? 1 : 0;
        }
        return from(index);
    }

    /** The parts between commas outside of parentheses. */
    List<Phrase> parts() {
        List<Phrase> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(",")) {
                parts.add(new Phrase(tokens.subList(begin, i)));
                begin = i + 1;
            }
        }
        parts.add(from(begin));
        return parts;
    }

    /** The name in front, as far as it goes: {@code public.users}. */
    String name() {
        return String.join("", tokens.subList(0, nameLength()).stream().map(Token::text).toList());
    }

    /** What follows that name. */
    Phrase afterName() {
        return from(nameLength());
    }

    private int nameLength() {
        int length = Math.min(1, tokens.size());
        while (length + 1 < tokens.size() && tokens.get(length).is(".")) {
            length += 2;
        }
        return length;
    }

    /** Without its schema and quotes, as the catalog has it. */
    static String bare(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("\"")
                ? last.substring(1, Math.max(1, last.length() - 1)).replace("\"\"", "\"")
                : last.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it is one value that is written out, such as {@code 'x'::text} or {@code -1}. */
    boolean isLiteral() {
        Set<String> words = Set.of("NULL", "TRUE", "FALSE");
        return tokens.stream()
                .findFirst()
                .filter(token -> token.kind() == Kind.STRING || token.kind() == Kind.NUMBER || token.is("-")
                        || words.contains(token.word()))
                .isPresent();
    }
}
