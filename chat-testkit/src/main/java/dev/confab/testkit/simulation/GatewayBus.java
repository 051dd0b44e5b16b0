package dev.confab.testkit.simulation;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bus as a gateway sees it. A submission leaves in one step and is answered in another; of publications, some of one
 * partition arrive at a time, in their order.
 */
final class GatewayBus implements EventBus {

    private final World world;
    private final Node node;
    private final Deque<Submitted> leaving = new ArrayDeque<>();
    private final Deque<Submitted> answering = new ArrayDeque<>();
    private final int[] positions = new int[Broker.PARTITIONS];
    private @Nullable PublicationListener listener;

    private record Submitted(Command command, CompletableFuture<Submission> answer, Submission becomes) {}

    GatewayBus(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    @Override
    public CompletionStage<Submission> submit(Command command) {
        node.requireAlive();
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        leaving.add(new Submitted(command, answer, Submission.ACCEPTED));
        return answer;
    }

    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    /** The oldest submission reaches the log, or does not. */
    void leave(Choices choices) {
        Submitted first = leaving.remove();
        if (world.broker().isAway()) {
            answer(first, choices.rarely(2) ? Submission.OUTCOME_UNKNOWN : Submission.UNAVAILABLE);
        } else if (choices.rarely(20)) {
            answer(first, choices.rarely(2) ? Submission.OUTCOME_UNKNOWN : Submission.UNAVAILABLE);
        } else {
            world.broker().append(first.command());
            answer(first, choices.rarely(20) ? Submission.OUTCOME_UNKNOWN : Submission.ACCEPTED);
        }
    }

    private void answer(Submitted submitted, Submission becomes) {
        answering.add(new Submitted(submitted.command(), submitted.answer(), becomes));
    }

    boolean isAnswering() {
        return !answering.isEmpty();
    }

    void answer() {
        Submitted first = answering.remove();
        world.story().tell(() -> "    " + Story.of(first.command()) + " is answered " + first.becomes());
        first.answer().complete(first.becomes());
    }

    /** With its process, what has not left is lost; some of it may have. */
    void die(Choices choices) {
        while (!leaving.isEmpty()) {
            Submitted first = leaving.remove();
            if (!world.broker().isAway() && choices.rarely(2)) {
                world.broker().append(first.command());
            }
        }
        answering.clear();
    }

    @Override
    public void publish(List<Publication> publications) {
        node.requireAlive();
        if (world.broker().isAway()) {
            world.turns().pause();
            throw new BusUnavailableException("simulated: away");
        }
        publications.forEach(world.broker()::publish);
        world.turns().pause();
    }

    @Override
    public Subscription listen(PublicationListener given) {
        for (int number = 0; number < positions.length; number++) {
            positions[number] = world.broker().partition(number).publications().size();
        }
        listener = given;
        return new WorkerBus.Ready(() -> listener = null);
    }

    boolean hasNews(int number) {
        return listener != null
                && positions[number]
                        < world.broker().partition(number).publications().size();
    }

    boolean hasHeard(int number) {
        return listener != null && positions[number] > 0;
    }

    /** Some publications of a partition arrive. */
    void hear(int number, Choices choices) {
        List<Publication> all = world.broker().partition(number).publications();
        int from = positions[number];
        int to = Math.min(all.size(), from + 1 + choices.pick(4));
        positions[number] = to;
        PublicationListener hearing = listener;
        if (hearing == null) {
            return;
        }
        List<Publication> wanted = all.subList(from, to).stream()
                .filter(publication -> hearing.wants(publication.event().roomId(), publication.concerns()))
                .toList();
        world.story()
                .tell(() -> "    " + node.name() + " hears " + from + " to " + (to - 1) + " of partition " + number
                        + (wanted.size() == to - from ? "" : ", " + wanted.size() + " of them wanted"));
        if (!wanted.isEmpty()) {
            hearing.onPublications(wanted);
        }
    }

    /** What was heard is delivered again, from somewhere before. */
    void rewind(int number, Choices choices) {
        positions[number] = Math.max(0, positions[number] - 1 - choices.pick(6));
    }

    @Override
    public void park(DeadLetter letter) {
        throw new IllegalStateException("a gateway does not park");
    }

    @Override
    public Subscription consume(CommandConsumer consumer) {
        throw new IllegalStateException("a gateway does not work on commands");
    }

    @Override
    public void check() {
        // Whether it is away is told by the calls.
    }

    @Override
    public void close() {
        listener = null;
    }
}
