package dev.confab.chat.inmemory;

import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of an {@link InMemoryBroker}, in one partition. What it holds of a command is the command, not its
 * record, so that keys and values are those alone that a letter brought along.
 */
final class InMemoryDeadLetters implements DeadLetterLog {

    private final Clock clock;
    private final List<Held> held = new CopyOnWriteArrayList<>();
    private volatile Consumer<DeadLetter> listener = letter -> {};

    /** @param putBack puts its record back where it was */
    private record Held(DeadLetter letter, Instant parkedAt, Supplier<OptionalLong> putBack) {}

    InMemoryDeadLetters(Clock clock) {
        this.clock = clock;
    }

    void add(DeadLetter letter, Supplier<OptionalLong> putBack) {
        held.add(new Held(letter, clock.instant().truncatedTo(ChronoUnit.MILLIS), putBack));
        listener.accept(letter);
    }

    List<DeadLetter> all() {
        return held.stream().map(Held::letter).toList();
    }

    @Override
    public void read(@Nullable Instant since, Reader reader) {
        List<ParkedLetter> letters = IntStream.range(0, held.size())
                .mapToObj(this::parked)
                .filter(letter -> since == null || !letter.parkedAt().isBefore(since))
                .toList();
        if (!letters.isEmpty()) {
            boolean unused = reader.read(letters);
        }
    }

    private ParkedLetter parked(int index) {
        Held one = held.get(index);
        DeadLetter letter = one.letter();
        return new ParkedLetter(
                new LetterId(0, index),
                one.parkedAt(),
                new ParkedLetter.Origin(
                        letter.partition().log(), letter.partition().number(), letter.offset()),
                letter.cause(),
                letter.addressee(),
                letter.key(),
                letter.payload(),
                0,
                letter.reason(),
                letter.traceId());
    }

    @Override
    public Optional<ParkedLetter> find(LetterId letterId) {
        return isThere(letterId) ? Optional.of(parked((int) letterId.offset())) : Optional.empty();
    }

    private boolean isThere(LetterId letterId) {
        return letterId.partition() == 0 && letterId.offset() < held.size();
    }

    @Override
    public OptionalLong putBack(ParkedLetter letter) {
        return isThere(letter.id())
                ? held.get((int) letter.id().offset()).putBack().get()
                : OptionalLong.empty();
    }

    @Override
    public List<Extent> extents() {
        return List.of(new Extent(0, 0, held.size()));
    }

    @Override
    public void onParked(Consumer<DeadLetter> listener) {
        this.listener = listener;
    }
}
