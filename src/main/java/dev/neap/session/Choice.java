package dev.neap.session;

import java.util.Optional;

/**
 * What became of one setting.
 *
 * @param name PostgreSQL's
 * @param value what it is set to, locally to each transaction; empty: it is left as it is
 * @param why so, and why that is safe, or why not otherwise; whole sentences
 * @param otherwise what to write or to do to have it otherwise; a whole sentence
 */
public record Choice(String name, Optional<String> value, String why, String otherwise) {}
