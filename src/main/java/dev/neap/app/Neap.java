package dev.neap.app;

/** The program's entry point. */
public final class Neap {

    private Neap() {}

    public static void main(String[] arguments) {
        System.out.println("neap " + Neap.class.getPackage().getImplementationVersion());
    }
}
