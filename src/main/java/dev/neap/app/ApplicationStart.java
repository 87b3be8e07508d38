package dev.neap.app;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications of one process start one after the other: each sets up its logging anew, which two at a time break for good. */
final class ApplicationStart {

    private static final Lock STARTING = new ReentrantLock();

    private ApplicationStart() {}

    static ConfigurableApplicationContext of(SpringApplicationBuilder application) {
        STARTING.lock();
        try {
            return application.run();
        } finally {
            STARTING.unlock();
        }
    }
}
