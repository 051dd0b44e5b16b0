package dev.confab.chat.inmemory;

import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.Notifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the last {@value #KEPT} notifications that it was handed, for whoever looks. Safe on any thread. */
public final class InMemoryNotifier implements Notifier {

    /** How many. */
    public static final int KEPT = 10_000;

    private final Deque<Notification> taken = new ArrayDeque<>();

    @Override
    public Handover send(Notification notification) {
        synchronized (taken) {
            if (taken.size() == KEPT) {
                taken.remove();
            }
            taken.add(notification);
        }
        return new Handover.Taken();
    }

    /** What was handed over, oldest first; repeats too. */
    public List<Notification> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }
}
