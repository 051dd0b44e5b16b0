package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.AdmissionSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Admission admission = new Admission(new Background(threads::add, timer), new AdmissionSettings(2, 3));
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Optional<CompletionStage<Boolean>> come(String who) {
        return admission.letIn(() -> done.add(who));
    }

    private void runOne() {
        threads.remove().run();
    }

    @Test
    void noMoreAreServedAtATimeThanMayBe() {
        come("a");
        come("b");
        come("c");

        assertThat(threads).hasSize(2);
        runOne();
        assertThat(threads).hasSize(2);
        runOne();
        runOne();
        assertThat(done).containsExactly("a", "b", "c");
        assertThat(threads).isEmpty();
    }

    @Test
    void whoWasLetInGoesBeforeWhoStillWaits() {
        come("a");
        come("b");
        come("c");
        come("d");
        var joined = admission.goOn(() -> done.add("a joins"));

        runOne();
        runOne();
        runOne();

        assertThat(done).containsExactly("a", "b", "a joins");
        assertThat(joined.toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void whoComesWhenTooManyWaitIsSentAway() {
        for (int i = 0; i < 2 + 3; i++) {
            assertThat(come("guest " + i)).isPresent();
        }

        assertThat(come("one too many")).isEmpty();

        runOne();
        assertThat(come("later")).isPresent();
    }

    @Test
    void whoWasLetInIsNeverSentAway() {
        for (int i = 0; i < 2 + 3; i++) {
            come("guest " + i);
        }
        var joined = admission.goOn(() -> done.add("joins"));

        while (!threads.isEmpty()) {
            runOne();
        }

        assertThat(joined.toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void aFaultIsToldToWhoAskedAndTheNextIsServed() {
        CompletionStage<Boolean> failing = admission
                .<Boolean>letIn(() -> {
                    throw new IllegalStateException("away");
                })
                .orElseThrow();
        come("b");
        come("c");

        while (!threads.isEmpty()) {
            runOne();
        }

        assertThat(failing.toCompletableFuture()).isCompletedExceptionally();
        assertThat(done).containsExactly("b", "c");
    }

    @Test
    void thousandsWhoFindNoThreadAreToldSo() {
        Queue<Runnable> none = new ArrayDeque<>();
        boolean[] full = {false};
        Admission crowded = new Admission(
                new Background(
                        task -> {
                            if (full[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            none.add(task);
                        },
                        timer),
                new AdmissionSettings(1, 100_000));
        List<CompletionStage<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            answers.add(crowded.letIn(() -> true).orElseThrow());
        }
        full[0] = true;

        none.remove().run();

        assertThat(answers.removeFirst().toCompletableFuture()).isCompletedWithValue(true);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.toCompletableFuture()).isCompletedExceptionally());
    }
}
