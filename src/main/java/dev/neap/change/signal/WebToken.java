package dev.neap.change.signal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A secret that is sent with a request. Only the name of the environment variable that holds it is written anywhere; its
 * value is read for each request, and neither stored nor printed.
 *
 * @param variable the environment variable
 * @param header that it is sent in, as it is; without, it is sent as {@code Authorization: Bearer …}
 */
public record WebToken(String variable, Optional<String> header) {

    /** What the name of an environment variable looks like. */
    public static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_]*$";

    /** What the name of a header looks like (RFC 9110, 5.6.2). */
    public static final String HEADER = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

    /** Java's HTTP client sets these by itself. */
    private static final Set<String> TAKEN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    public WebToken {
        if (!Pattern.matches(VARIABLE, variable)) {
            throw new IllegalArgumentException(
                    "A token is read from an environment variable, and what is given is not the name of one. Write letters,"
                            + " digits and underscores, no digit first; never the token itself.");
        }
        header.filter(name -> !isHeader(name)).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "Header %s can't hold a token. Name another one, such as X-Api-Key.".formatted(name));
        });
    }

    /** Whether a token can be sent in a header of this name. */
    public static boolean isHeader(String name) {
        return Pattern.matches(HEADER, name) && !TAKEN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The header's name. */
    public String name() {
        return header.orElse("Authorization");
    }

    /** The header's value. */
    public String value(String token) {
        return header.isPresent() ? token : "Bearer " + token;
    }
}
