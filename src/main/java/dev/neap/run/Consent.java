package dev.neap.run;

/**
 * That somebody agreed to what can't be taken back.
 *
 * @param how it was said: a phrase, such as {@code typed the change's name}
 * @param unusedIndexes whether also to an index in the place of another one that no query has used yet
 * @param setAside whether also while rows are set aside: they have been mended, or what they hold may go
 */
public record Consent(String how, boolean unusedIndexes, boolean setAside) {

    /** Where a program calls, and nobody was asked. */
    public static final Consent OF_PROGRAM = new Consent("by a program", false, false);
}
