package dev.confab.testkit.simulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One life of a process: what blocks in it, its timer, its clock, and the trouble it will have next. */
final class Node implements Executor {

    /** What happens to the next call that leaves the process. */
    enum Trouble {
        /** It fails, and nothing was done. */
        FAILS,
        /** It is done, and fails. */
        LOSES_ITS_ANSWER
    }

    private final World world;
    private final String name;
    private final List<Fiber> fibers = new ArrayList<>();
    private boolean alive = true;
    private boolean frozen;
    private long skewMillis;
    private @Nullable Trouble trouble;

    Node(World world, String name) {
        this.world = world;
        this.name = name;
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    void requireAlive() {
        if (!alive) {
            throw new Killed();
        }
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Nothing of it goes on until it thaws, as in a pause of its garbage collector. */
    void freeze(boolean on) {
        frozen = on;
    }

    /** Whether something blocking is to be done or under way. */
    boolean isBusy() {
        return alive && !frozen && !fibers.isEmpty();
    }

    boolean isIdle() {
        return fibers.isEmpty();
    }

    Clock clock() {
        return world.time().clock(() -> skewMillis);
    }

    long skewMillis() {
        return skewMillis;
    }

    void leap(long millis) {
        skewMillis += millis;
    }

    SimulatedTimer timer(Executor executor) {
        return new SimulatedTimer(world.time(), this, executor);
    }

    /** Something that blocks. */
    @Override
    public void execute(Runnable task) {
        if (!alive) {
            throw new RejectedExecutionException("the process has ended");
        }
        fibers.add(new Fiber(world.turns(), task));
    }

    /** Lets one of those that block go on. */
    void goOn(Choices choices) {
        Fiber fiber = fibers.get(choices.pick(fibers.size()));
        run(fiber);
        if (fiber.isEnded()) {
            fibers.remove(fiber);
        }
    }

    void run(Fiber fiber) {
        fiber.resume();
        Throwable failure = fiber.failure();
        if (failure != null) {
            world.judge().failed(name, failure);
        }
    }

    void trouble(@Nullable Trouble next) {
        trouble = next;
    }

    @Nullable
    Trouble takeTrouble() {
        Trouble taken = trouble;
        trouble = null;
        return taken;
    }

    /** Ends by itself. */
    void end() {
        alive = false;
    }

    /** Ends at once, wherever it is. */
    void die() {
        alive = false;
        fibers.forEach(Fiber::kill);
        fibers.clear();
    }

    <T> T port(Class<T> type, T real) {
        return SteppedPort.of(type, real, this);
    }
}
