package dev.neap.change;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells two definitions of a change apart. Only what the change does counts: name, table, operations, contract, and
 * the note on lost data that was agreed to; not comments, layout, or how fast it runs.
 *
 * @param value the first 16 hexadecimal digits of a SHA-256
 */
public record Fingerprint(String value) {

    /** The fingerprint of a change: of the lines that {@link Outline} makes of it. */
    public static Fingerprint of(Change change) {
        return ofText(String.join("\n", Outline.of(change).lines()));
    }

    /** The fingerprint of any text. */
    public static Fingerprint ofText(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Fingerprint(HexFormat.of().formatHex(digest).substring(0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
