package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the word that someone probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The known word with the smallest edit distance, if that is at most a third of the word's length (and 3). */
    public static Optional<String> of(String word, Collection<String> known) {
        int limit = Math.min(3, Math.max(1, word.length() / 3));
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** What to try instead of a word that nothing bears: the one that was probably meant, or all. */
    static String remedy(Identifier word, List<Identifier> known) {
        List<String> names = known.stream().map(Identifier::value).toList();
        return of(word.value(), names)
                .map(near -> "Did you mean " + new Identifier(near) + "?")
                .orElse(names.isEmpty() ? "It has none." : "It has " + String.join(", ", names) + ".");
    }

    /** Levenshtein's distance, ignoring case, with two letters swapped as one mistake (optimal string alignment). */
    static int distance(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int oneSided = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
                distance[i][j] = Math.min(oneSided, distance[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[a.length()][b.length()];
    }
}
