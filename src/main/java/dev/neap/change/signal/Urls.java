package dev.neap.change.signal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs as they may be shown and kept. */
public final class Urls {

    private static final Pattern USER_INFO = Pattern.compile("://([^/?#]*:[^/?#]*)@");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)[?&][^=&]*(?:password|passwd|pwd|secret|token|api_?key|signature|credential)[^=&]*=");

    private Urls() {}

    /** Whether a password, token or the like stands in it. */
    public static boolean holdsSecret(String url) {
        return USER_INFO.matcher(url).find() || SECRET_PARAMETER.matcher(url).find();
    }

    /** Scheme, host and path: without user, query and fragment, where there may be secrets. */
    public static String withoutSecrets(String url) {
        Matcher parts = Pattern.compile("^([A-Za-z:]+://)?(?:.*@)?([^?#@]*).*$", Pattern.DOTALL).matcher(url);
        return parts.matches() ? (parts.group(1) == null ? "" : parts.group(1)) + parts.group(2) : "(a URL)";
    }
}
