package dev.confab.chat.usecase;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.port.out.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Signals that nobody hears but the test. */
final class SentSignals implements Signals {

    final List<Signal> sent = new ArrayList<>();

    @Override
    public void send(Signal signal) {
        sent.add(signal);
    }

    @Override
    public void onSignal(Consumer<Signal> listener) {
        // The test reads what was sent.
    }

    @Override
    public void follow(RoomId roomId) {
        // Every room is followed.
    }

    @Override
    public void unfollow(RoomId roomId) {
        // Every room is followed.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
