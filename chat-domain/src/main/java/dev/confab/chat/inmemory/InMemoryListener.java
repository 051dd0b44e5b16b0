package dev.confab.chat.inmemory;

import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One listener: a virtual thread that follows the publications from where it began. */
final class InMemoryListener implements Subscription {

    private static final System.Logger LOG = System.getLogger(InMemoryListener.class.getName());

    private final InMemoryPublicationLog log;
    private final EventBus.PublicationListener listener;
    private final StoppableThreads threads = new StoppableThreads();
    private volatile boolean closed;

    private InMemoryListener(InMemoryPublicationLog log, EventBus.PublicationListener listener) {
        this.log = log;
        this.listener = listener;
    }

    static InMemoryListener start(InMemoryPublicationLog log, EventBus.PublicationListener listener) {
        InMemoryListener started = new InMemoryListener(log, listener);
        InMemoryPublicationLog.Link from = log.end();
        started.threads.start("confab-publications", () -> started.run(from));
        return started;
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed = true;
        log.wake();
        threads.stop();
    }

    private void run(InMemoryPublicationLog.Link from) {
        try {
            for (var reading = log.read(from, () -> closed);
                    reading != null;
                    reading = log.read(reading.end(), () -> closed)) {
                tell(reading.publications());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<Publication> publications) {
        try {
            List<Publication> wanted =
                    publications.stream().filter(this::isWanted).toList();
            if (!wanted.isEmpty()) {
                listener.onPublications(wanted);
            }
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "A listener failed; it hears the next publications", failure);
        }
    }

    private boolean isWanted(Publication publication) {
        return listener.wants(publication.event().roomId(), publication.concerns());
    }
}
