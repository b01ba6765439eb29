package io.gonkapulse.servicekit.launch;

import java.util.concurrent.CountDownLatch;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** Waits until a context is closed, by a signal or by the service itself. */
final class ContextCloseListener implements ApplicationListener<ContextClosedEvent> {

    private final ConfigurableApplicationContext context;
    private final CountDownLatch closed = new CountDownLatch(1);

    ContextCloseListener(ConfigurableApplicationContext context) {
        this.context = context;
    }

    void await() {
        context.addApplicationListener(this);
        try {
            if (context.isActive()) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Child contexts publish their own close events here, too. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            closed.countDown();
        }
    }
}
