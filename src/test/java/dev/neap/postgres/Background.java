package dev.neap.postgres;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work in a thread of its own: the common pool of a small machine has one, and others need it. */
public final class Background {

    private Background() {}

    public static <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().daemon().start(task));
    }
}
