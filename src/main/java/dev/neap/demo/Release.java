package dev.neap.demo;

/**
 * A release of the demo's application, in the order in which a team would deploy them around the change.
 */
enum Release {
    /** Knows only email. */
    OLD("email"),
    /** Reads email_normalized; writes both, so that servers which still run {@link #OLD} see its changes. */
    BOTH("email_normalized"),
    /** Knows only email_normalized; until email is gone, the change's {@code down} fills it. */
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

    String insert() {
        return switch (this) {
            case OLD -> """
                    INSERT INTO public.users (email, full_name, notes) VALUES (:email, :name, :notes) RETURNING id""";
            case BOTH -> """
                    INSERT INTO public.users (email, email_normalized, full_name, notes)
                    VALUES (:email, :normalized, :name, :notes) RETURNING id""";
            case NEW -> """
                    INSERT INTO public.users (email_normalized, full_name, notes)
                    VALUES (:normalized, :name, :notes) RETURNING id""";
        };
    }

    static final String COUNT_LOGIN = "UPDATE public.users SET logins = logins + 1 WHERE id = :id";

    static final String DELETE = "DELETE FROM public.users WHERE id = :id";
}
