package dev.neap.run;

/**
 * That somebody agreed to what can't be taken back.
 *
 * @param how it was said: a phrase, such as {@code typed the change's name}
 */
public record Consent(String how) {

    /** Where a program calls, and nobody was asked. */
    public static final Consent OF_PROGRAM = new Consent("by a program");
}
