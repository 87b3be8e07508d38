package dev.neap.demo;

/**
 * A release of the demo's application, in the order in which a team would deploy them around the change.
 *
 * <p>The last one still has to give {@code email} on INSERT as long as that column is there: it is NOT NULL. It does not
 * ask the catalog, which could be outdated a moment later: when told that the column is gone (SQLSTATE 42703,
 * undefined_column) it sends the same INSERT without it, in the same operation, and never gives it again. Nobody outside
 * of the application sees that, and no insert has to wait for the contract.
 */
enum Release {
    /** Knows only email. */
    OLD("email"),
    /** Reads email_normalized; writes both, so that servers which still run {@link #OLD} see its changes. */
    BOTH("email_normalized"),
    /** Reads and updates only email_normalized. */
    NEW("email_normalized");

    private final String column;

    Release(String column) {
        this.column = column;
    }

    String select() {
        return "SELECT " + column + " AS email, logins, full_name FROM public.users WHERE id = :id";
    }

    String updateEmail() {
        return switch (this) {
            case OLD -> "UPDATE public.users SET email = :email WHERE id = :id";
            case BOTH -> """
                    UPDATE public.users SET email = :email, email_normalized = :normalized WHERE id = :id""";
            case NEW -> "UPDATE public.users SET email_normalized = :normalized WHERE id = :id";
        };
    }

    /**
     * @param emailGone whether this release was already told that the column does not exist
     */
    String insert(boolean emailGone) {
        if (this == OLD) {
            return """
                    INSERT INTO public.users (email, full_name, notes) VALUES (:email, :name, :notes) RETURNING id""";
        }
        if (this == NEW && emailGone) {
            return """
                    INSERT INTO public.users (email_normalized, full_name, notes)
                    VALUES (:normalized, :name, :notes) RETURNING id""";
        }
        return """
                INSERT INTO public.users (email, email_normalized, full_name, notes)
                VALUES (:email, :normalized, :name, :notes) RETURNING id""";
    }

    static final String COUNT_LOGIN = "UPDATE public.users SET logins = logins + 1 WHERE id = :id";

    static final String DELETE = "DELETE FROM public.users WHERE id = :id";
}
