package dev.neap.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Signals of the operating system, by way of {@code sun.misc.Signal} (module jdk.unsupported, which JEP 260 keeps open).
 * It is reached by reflection because the compiler refuses to name it without a warning. A shutdown hook would do less:
 * all hooks run at once, so that the connections may be closed under the chunk that is to be finished.
 */
final class Signals {

    /** What asks a program to end: Ctrl-C, kill, a closed terminal. */
    private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /**
     * From now on an ending signal calls {@code action} instead of ending the process. One that the process was started
     * to ignore (nohup) stays ignored.
     *
     * @return whether that is possible here
     */
    @SuppressWarnings("ReferenceEquality")
    static boolean onEnding(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[]{handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> arguments != null && same(proxy, arguments[0]);
                            default -> "ending signals";
                        };
                    });
            for (String name : ENDING) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                Object former = signal.getMethod("handle", signal, handler).invoke(null, instance, calling);
                if (former != null && former.equals(handler.getField("SIG_IGN").get(null))) {
                    signal.getMethod("handle", signal, handler).invoke(null, instance, former);
                }
            }
            return true;
        } catch (InvocationTargetException e) {
            // The JVM keeps signals to itself (-Xrs), or this system has no such signal.
            return false;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** To ask a proxy for equality would ask its handler again. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Object proxy, Object other) {
        return proxy == other;
    }
}
