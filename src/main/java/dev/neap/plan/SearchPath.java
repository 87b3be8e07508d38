package dev.neap.plan;

import dev.neap.sql.FixedSearchPath;

/** The search_path that trigger functions are made with. */
final class SearchPath {

    /** As every function of Neap's has it. */
    static final String FIXED = FixedSearchPath.STATEMENT;

    private SearchPath() {}
}
