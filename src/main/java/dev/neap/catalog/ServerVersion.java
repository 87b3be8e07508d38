package dev.neap.catalog;

/**
 * A server's version.
 *
 * @param number {@code server_version_num}: 180006 is 18.6
 */
public record ServerVersion(int number) {

    /** The oldest major version that Neap works with. */
    public static final int OLDEST = 14;

    /** The newest major version that Neap is tested with. */
    public static final int NEWEST = 18;

    public int major() {
        return number / 10_000;
    }

    @Override
    public String toString() {
        return major() + "." + number % 10_000;
    }
}
