package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialTasksTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> done = new ArrayList<>();
    private boolean full;
    private final SerialTasks tasks = new SerialTasks(new Background(this::thread, timer), 2);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private void thread(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        threads.add(task);
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void thousandsTakeNoMoreThreadsThanTheyMay() {
        for (int i = 0; i < 5_000; i++) {
            String name = "task " + i;
            tasks.run(i, () -> done.add(name));
            assertThat(threads).hasSizeLessThanOrEqualTo(2);
        }

        runAll();

        assertThat(done).hasSize(5_000).startsWith("task 0", "task 1", "task 2");
    }

    @Test
    void tasksWithTheSameKeyRunOneAfterAnotherAndOthersBesideThem() {
        tasks.run("a", () -> done.add("a1"));
        tasks.run("a", () -> done.add("a2"));
        tasks.run("b", () -> done.add("b1"));
        assertThat(threads).hasSize(2);
        Runnable first = threads.remove();

        threads.remove().run();
        assertThat(done).containsExactly("b1");
        assertThat(threads).isEmpty();
        first.run();
        runAll();

        assertThat(done).containsExactly("b1", "a1", "a2");
    }

    @Test
    void whatFailsIsDroppedAndTheNextHasItsTurn() {
        tasks.run("a", () -> {
            throw new IllegalStateException("away");
        });
        tasks.run("a", () -> done.add("a2"));

        runAll();

        assertThat(done).containsExactly("a2");
    }

    @Test
    void whatFindsNoThreadIsDroppedAndLaterOnesRun() {
        full = true;
        tasks.run("a", () -> done.add("a1"));
        tasks.run("a", () -> done.add("a2"));
        full = false;

        tasks.run("a", () -> done.add("a3"));
        runAll();

        assertThat(done).containsExactly("a3");
    }
}
