package dev.confab.chat.usecase;

import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.port.in.TraceMessage;
import dev.confab.chat.port.out.CommandFinder;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.TracePorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Asks the store first: where it knows the message, it says from when on the logs are to be looked through. */
final class TraceMessageService implements TraceMessage {

    /** How much earlier than a message was stored it may have been accepted, and clocks may differ. */
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final TracePorts ports;
    private final DeliveryInquiry deliveries;

    TraceMessageService(TracePorts ports) {
        this.ports = ports;
        this.deliveries = new DeliveryInquiry(ports.signals());
    }

    @Override
    public Trace trace(Wanted wanted, LongConsumer progress) {
        List<CommandFinder.Found> found = ports.finder().find(wanted.commandId(), wanted.roomId(), wanted.senderId());
        List<TraceStep> steps = new ArrayList<>();
        for (CommandFinder.Found one : found) {
            steps.add(ended(one));
        }
        Instant since = since(wanted, found);
        RoomId room =
                wanted.roomId() == null && found.size() == 1 ? found.getFirst().roomId() : wanted.roomId();
        CommandTrail.Trail trail =
                ports.trail().find(new CommandTrail.Search(wanted.commandId(), room, since, wanted.most()), progress);
        trail.steps().stream().filter(step -> isWanted(step, wanted)).forEach(steps::add);
        steps.addAll(parked(wanted, since));
        for (CommandFinder.Found one : found) {
            if (one.outcome() instanceof Outcome.Persisted(var message)) {
                steps.addAll(deliveries.ask(message));
            }
        }
        steps.sort(Comparator.comparing(TraceStep::at, Comparator.nullsLast(Comparator.naturalOrder())));
        return new Trace(List.copyOf(steps), trail.looked(), trail.complete(), since);
    }

    private static TraceStep ended(CommandFinder.Found one) {
        return new TraceStep.Ended(
                one.roomId(),
                one.senderId(),
                one.outcome(),
                one.at(),
                one.partition() == null ? null : new ParkedLetter.Origin("", one.partition(), one.offset()));
    }

    private static Instant since(Wanted wanted, List<CommandFinder.Found> found) {
        Instant since = wanted.since();
        for (CommandFinder.Found one : found) {
            if (one.at() != null && one.at().minus(BEFORE).isBefore(since)) {
                since = one.at().minus(BEFORE);
            }
        }
        return since;
    }

    /** Other rooms and senders may use the same name. */
    private static boolean isWanted(TraceStep.InLog step, Wanted wanted) {
        return (wanted.roomId() == null || wanted.roomId().equals(step.roomId()))
                && (wanted.senderId() == null || wanted.senderId().equals(step.senderId()));
    }

    private List<TraceStep.Parked> parked(Wanted wanted, Instant since) {
        List<ParkedLetter> letters = new ArrayList<>();
        ports.deadLetters().read(since, some -> {
            some.stream().filter(letter -> isOf(letter.addressee(), wanted)).forEach(letters::add);
            return true;
        });
        Map<LetterId, LetterState> states = ports.states().of(letters);
        return letters.stream()
                .map(letter -> new TraceStep.Parked(letter, states.get(letter.id())))
                .toList();
    }

    private static boolean isOf(@Nullable LetterAddressee whose, Wanted wanted) {
        return whose != null
                && whose.commandId().equals(wanted.commandId())
                && (wanted.roomId() == null || wanted.roomId().equals(whose.roomId()))
                && (wanted.senderId() == null || wanted.senderId().equals(whose.senderId()));
    }
}
